package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What pending migrations have made so far: there is no data in it yet. Names are in their normal form. */
final class SqlTables {
    private final Set<String> applied;
    private final Set<String> made = new HashSet<>();
    private final Map<String, Boolean> columns = new HashMap<>();

    private final SqlColumns types;

    /**
     * @param applied every name in the migrations that have been applied
     * @param types of columns by what has been applied
     */
    SqlTables(Set<String> applied, SqlColumns types) {
        this.applied = Set.copyOf(applied);
        this.types = types;
    }

    /** {@return the types of columns, by what has been applied and what is pending so far} */
    SqlColumns types() {
        return types;
    }

    void make(String table) {
        made.add(table);
    }

    /** Remembers a table that is made unless it is there: it is not when no applied migration speaks of it. */
    void makeIfMissing(String table) {
        if (!applied.contains(table.substring(table.lastIndexOf('.') + 1))) {
            made.add(table);
        }
    }

    void drop(String table) {
        made.remove(table);
        columns.keySet().removeIf(column -> column.startsWith(table + " "));
    }

    void rename(String table, String name) {
        if (made.remove(table)) {
            made.add(name);
        }
    }

    /** {@return whether a table was made by what is pending} */
    boolean isNew(String table) {
        return made.contains(table);
    }

    /** @param filled whether it has a value in rows that are there already */
    void addColumn(String table, String column, boolean filled) {
        columns.put(table + " " + column, filled);
    }

    /** {@return whether a column was made by what is pending} */
    boolean isNew(String table, String column) {
        return columns.containsKey(table + " " + column);
    }

    /** {@return whether a column was made by what is pending, with a value in every row} */
    boolean isFilled(String table, String column) {
        return columns.getOrDefault(table + " " + column, false);
    }
}
