package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.config.DataSchema.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column's type, and whether every value of one fits unchanged into another.
 *
 * @param dialect of the database
 * @param name in one of its spellings
 * @param arguments within parentheses, as they are written
 * @param unsigned whether it has no values below zero
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">PostgreSQL: data types</a>
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/data-types.html">MySQL: data types</a>
 */
record SqlType(Dialect dialect, String name, List<String> arguments, boolean unsigned) {
    /** A length that nobody states, where there is no limit. */
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("INT", "INTEGER"),
            Map.entry("INT4", "INTEGER"),
            Map.entry("INT8", "BIGINT"),
            Map.entry("INT2", "SMALLINT"),
            Map.entry("MIDDLEINT", "MEDIUMINT"),
            Map.entry("DECIMAL", "NUMERIC"),
            Map.entry("DEC", "NUMERIC"),
            Map.entry("CHARACTER", "CHAR"),
            Map.entry("FLOAT8", "DOUBLE"),
            Map.entry("FLOAT4", "REAL"),
            Map.entry("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"),
            Map.entry("TIMETZ", "TIME WITH TIME ZONE"));

    private static final Map<String, String> OF_POSTGRESQL = Map.of(
            "SERIAL",
            "INTEGER",
            "SERIAL4",
            "INTEGER",
            "BIGSERIAL",
            "BIGINT",
            "SERIAL8",
            "BIGINT",
            "SMALLSERIAL",
            "SMALLINT",
            "SERIAL2",
            "SMALLINT",
            "FLOAT",
            "DOUBLE");

    private static final Map<String, String> OF_MYSQL =
            Map.of("BOOL", "TINYINT", "BOOLEAN", "TINYINT", "REAL", "DOUBLE", "FIXED", "NUMERIC");

    private static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "MEDIUMINT", "INTEGER", "BIGINT");
    /** Digits of the largest value of each. */
    private static final List<Integer> DIGITS = List.of(3, 5, 8, 10, 20);

    private static final List<String> TEXTS = List.of("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");
    private static final List<String> BLOBS = List.of("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");
    private static final Set<String> TIMES =
            Set.of("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME", "TIME WITH TIME ZONE", "DATETIME");

    SqlType {
        arguments = List.copyOf(arguments);
    }

    /**
     * What stands behind a column's name.
     *
     * @param rest the words behind the type
     */
    record Definition(SqlType type, List<SqlToken> rest) {}

    /** {@return what a column is declared as; empty when it is not one of the types known here} */
    static Optional<Definition> read(List<SqlToken> tokens, Dialect dialect) {
        return new Reading(tokens, dialect).definition();
    }

    /** {@return whether no value is changed or refused when a column of this type becomes one of the other} */
    boolean fitsInto(SqlType to) {
        if (INTEGERS.contains(name)) {
            return integerFitsInto(to);
        }
        return switch (name) {
            case "NUMERIC" -> to.name.equals(name) && signFits(to) && decimalFits(to, digits() - scale(), scale());
            case "REAL", "FLOAT", "DOUBLE" ->
                arguments.isEmpty()
                        && to.arguments.isEmpty()
                        && signFits(to)
                        && (to.name.equals(name) || to.name.equals("DOUBLE"));
            case "VARCHAR" -> to.name.equals(name) ? length() <= to.length() : TEXTS.indexOf(to.name) > 0;
            case "VARBINARY" -> to.name.equals(name) ? length() <= to.length() : BLOBS.indexOf(to.name) > 0;
            // In PostgreSQL blanks at the end belong to the type and go with it.
            case "CHAR" ->
                (to.name.equals(name) || (to.name.equals("VARCHAR") && isMysql())) && length() <= to.length();
            case "ENUM", "SET" -> to.name.equals(name) && beginsAs(to.arguments);
            default -> otherFitsInto(to);
        };
    }

    private boolean otherFitsInto(SqlType to) {
        if (TEXTS.contains(name)) {
            return TEXTS.indexOf(name) <= TEXTS.indexOf(to.name)
                    || (!isMysql() && to.name.equals("VARCHAR") && to.length() == NO_LIMIT);
        }
        if (BLOBS.contains(name)) {
            return BLOBS.indexOf(name) <= BLOBS.indexOf(to.name);
        }
        if (TIMES.contains(name)) {
            return to.name.equals(name) && precision() <= to.precision();
        }
        return equals(to);
    }

    private boolean integerFitsInto(SqlType to) {
        int size = INTEGERS.indexOf(name);
        int other = INTEGERS.indexOf(to.name);
        if (other >= 0) {
            return unsigned == to.unsigned ? size <= other : unsigned && size < other;
        }
        return switch (to.name) {
            case "NUMERIC" -> signFits(to) && decimalFits(to, DIGITS.get(size), 0);
            // Whole numbers of up to 53 bits are exact in it.
            case "DOUBLE" -> to.arguments.isEmpty() && signFits(to) && size <= INTEGERS.indexOf("INTEGER");
            default -> false;
        };
    }

    private static boolean decimalFits(SqlType to, long whole, long fraction) {
        return to.digits() == NO_LIMIT || (to.digits() - to.scale() >= whole && to.scale() >= fraction);
    }

    private boolean signFits(SqlType to) {
        return unsigned || !to.unsigned;
    }

    private boolean beginsAs(List<String> others) {
        return others.size() >= arguments.size()
                && others.subList(0, arguments.size()).equals(arguments);
    }

    private boolean isMysql() {
        return dialect == Dialect.MYSQL;
    }

    private long length() {
        return argument(0, name.equals("CHAR") ? 1 : NO_LIMIT);
    }

    private long digits() {
        return argument(0, isMysql() ? 10 : NO_LIMIT);
    }

    private long scale() {
        return argument(1, 0);
    }

    private long precision() {
        return argument(0, isMysql() ? 0 : 6);
    }

    private long argument(int index, long without) {
        return index < arguments.size() ? Long.parseLong(arguments.get(index)) : without;
    }

    /** Reads a type word by word. */
    private static final class Reading {
        private final List<SqlToken> tokens;
        private final Dialect dialect;
        private int at;

        Reading(List<SqlToken> tokens, Dialect dialect) {
            this.tokens = tokens;
            this.dialect = dialect;
        }

        Optional<Definition> definition() {
            if (tokens.isEmpty() || tokens.get(0).kind() != SqlToken.Kind.WORD) {
                return Optional.empty();
            }
            String name = name();
            Optional<List<String>> arguments = arguments(name);
            if (arguments.isEmpty() || is("[") || is("ARRAY") || is(".")) {
                return Optional.empty();
            }
            boolean unsigned = skip("UNSIGNED");
            skip("SIGNED");
            if (is("ZEROFILL") || is("UNSIGNED")) {
                return Optional.empty();
            }
            SqlType type = new SqlType(dialect, zoned(name), arguments.get(), unsigned);
            return Optional.of(new Definition(type, tokens.subList(at, tokens.size())));
        }

        private String name() {
            String word = tokens.get(at++).text();
            Map<String, String> own = dialect == Dialect.MYSQL ? OF_MYSQL : OF_POSTGRESQL;
            String name = own.getOrDefault(word, NAMES.getOrDefault(word, word));
            if (name.equals("CHAR") && skip("VARYING")) {
                return "VARCHAR";
            }
            if (name.equals("DOUBLE")) {
                skip("PRECISION");
            }
            return name;
        }

        /** {@return what stands in parentheses; empty when that is nothing a type known here has} */
        private Optional<List<String>> arguments(String name) {
            List<String> arguments = new ArrayList<>();
            if (!skip("(")) {
                return Optional.of(arguments);
            }
            boolean words = name.equals("ENUM") || name.equals("SET");
            while (at < tokens.size() && !is(")")) {
                SqlToken token = tokens.get(at++);
                boolean fits = words
                        ? token.kind() == SqlToken.Kind.LITERAL
                        : token.text().matches("[0-9]{1,9}");
                if (!fits || !(skip(",") || is(")"))) {
                    return Optional.empty();
                }
                arguments.add(token.text());
            }
            // The width in which whole numbers are shown is none of their values'.
            return skip(")") ? Optional.of(INTEGERS.contains(name) ? List.of() : arguments) : Optional.empty();
        }

        private String zoned(String name) {
            if (!is("WITH") && !is("WITHOUT")) {
                return name;
            }
            boolean with = is("WITH");
            at = Math.min(tokens.size(), at + 3);
            return with ? name + " WITH TIME ZONE" : name;
        }

        private boolean is(String word) {
            return at < tokens.size() && tokens.get(at).is(word);
        }

        private boolean skip(String word) {
            boolean there = is(word);
            at += there ? 1 : 0;
            return there;
        }
    }
}
