package io.jenkins.plugins.gateddeploy.credential;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.toml.TomlSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** The strict reader of a credentials file: everything in it must be understood, whichever credential is looked up. */
final class CredentialsToml {
    private static final Set<String> KEYS = Set.of("key", "user", "passphrase", "password", "secret", "expires");
    private static final Set<String> SOURCES = Set.of("env", "file");

    private final Path file;
    private final CredentialsFile.Surroundings surroundings;
    private final List<Problem> problems = new ArrayList<>();

    CredentialsToml(Path file, CredentialsFile.Surroundings surroundings) {
        this.file = file;
        this.surroundings = surroundings;
    }

    /**
     * {@return the table of that name, its variables and files resolved; empty when there is none}
     *
     * @throws CredentialException when anything in the file is wrong, all of it at once, or this credential's variable
     *     or file is not there
     */
    Optional<Entry> find(String id) throws CredentialException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        TomlParseResult toml = parse();
        for (String name : toml.keySet()) {
            check(toml, name);
        }
        if (!problems.isEmpty()) {
            throw new CredentialException(
                    problems.stream().map(Problem::oneLine).collect(Collectors.joining("\n")));
        }
        Object table = toml.get(List.of(id));
        return table == null ? Optional.empty() : Optional.of(entry(id, (TomlTable) table));
    }

    /** {@return the name as a TOML key} */
    static String quoted(String id) {
        return id.matches("[A-Za-z0-9_-]+") ? id : "\"" + Toml.tomlEscape(id) + "\"";
    }

    private TomlParseResult parse() throws CredentialException {
        try {
            TomlParseResult toml =
                    TomlSource.parse(Files.readString(file, StandardCharsets.UTF_8), TomlParseOptions.sourceless());
            toml.errors().forEach(e -> problem("syntax", e.position(), message(e), ""));
            return toml;
        } catch (TomlSource.Unparsable e) {
            throw new CredentialException(file + ":" + e.line() + ": " + e.getMessage() + ".", e);
        } catch (CharacterCodingException e) {
            throw new CredentialException("The credentials file " + file + " is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new CredentialException("The credentials file " + file + " cannot be read: " + e, e);
        }
    }

    /** The parser quotes what it found, which may be a secret; what it expected is enough to find the mistake. */
    private static String message(Exception error) {
        String message = String.valueOf(error.getMessage());
        int expected = message.indexOf("expected ");
        return "This is no TOML" + (expected < 0 ? "." : ": " + message.substring(expected) + ".");
    }

    private void problem(String id, TomlPosition position, String message, String mend) {
        Location location = position == null
                ? new Location(file.toString(), 0, 0)
                : new Location(file.toString(), position.line(), position.column());
        problems.add(Problem.error("credentials." + id, message, mend, location));
    }

    private void check(TomlTable toml, String name) {
        TomlPosition position = toml.inputPositionOf(List.of(name));
        if (!(toml.get(List.of(name)) instanceof TomlTable table)) {
            problem(
                    "type",
                    position,
                    "Expected a table for each credential, found the key " + name + ".",
                    "Write [" + quoted(name) + "] and its keys below it.");
            return;
        }
        for (String key : table.keySet()) {
            checkKey(name, table, key);
        }
        long kinds = List.of("key", "password", "secret").stream()
                .filter(kind -> table.contains(List.of(kind)))
                .count();
        if (kinds != 1) {
            problem(
                    "kind",
                    position,
                    "Expected exactly one of key, password and secret in [" + name + "], found "
                            + (kinds == 0 ? "none" : kinds) + ".",
                    "");
        } else if (table.contains(List.of("passphrase")) && !table.contains(List.of("key"))) {
            problem("kind", table.inputPositionOf(List.of("passphrase")), "A passphrase belongs to a key.", "");
        } else if (table.contains(List.of("user")) && table.contains(List.of("secret"))) {
            problem(
                    "kind",
                    table.inputPositionOf(List.of("user")),
                    "A secret text has no user.",
                    "Name it password if it is one.");
        }
    }

    private void checkKey(String name, TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        Object value = table.get(List.of(key));
        if (!KEYS.contains(key)) {
            unknown(position, "[" + name + "]", key, KEYS);
        } else if (key.equals("key") || key.equals("user")) {
            if (!(value instanceof String)) {
                problem("type", position, "Expected a text in quotes for " + key + ".", "");
            }
        } else if (key.equals("expires")) {
            if (end(value) == null) {
                problem("type", position, "Expected a date for expires, such as 2027-01-31, without quotes.", "");
            }
        } else if (value instanceof TomlTable source) {
            checkSource(key, source, position);
        } else if (!(value instanceof String)) {
            problem("type", position, "Expected " + key + " = { env = \"NAME\" } or a text in quotes.", "");
        } else if (FileAccess.isOpenToOthers(file)) {
            problem(
                    "permissions",
                    position,
                    "The " + key + " of [" + name + "] stands in a file that other users can read.",
                    FileAccess.mend(file));
        }
    }

    private void checkSource(String key, TomlTable source, TomlPosition position) {
        for (String part : source.keySet()) {
            TomlPosition at = source.inputPositionOf(List.of(part));
            if (!SOURCES.contains(part)) {
                unknown(at, key, part, SOURCES);
            } else if (!(source.get(List.of(part)) instanceof String)) {
                problem("type", at, "Expected a text in quotes for " + part + ".", "");
            }
        }
        if (source.size() != 1) {
            problem("kind", position, "Expected either env or file for " + key + ".", "");
        }
    }

    private void unknown(TomlPosition position, String where, String key, Set<String> known) {
        String nearest =
                Nearest.of(key, known).map(n -> "Did you mean " + n + "?").orElse("");
        problem(
                "unknown-key",
                position,
                "Unknown key " + key + " in " + where + ": expected one of " + String.join(", ", new TreeSet<>(known))
                        + ".",
                nearest);
    }

    private Entry entry(String id, TomlTable table) throws CredentialException {
        String user = (String) table.get(List.of("user"));
        Instant expires = end(table.get(List.of("expires")));
        if (table.get(List.of("key")) instanceof String key) {
            return new Entry.Key(id, user, path(key), value(id, table, "passphrase"), expires);
        }
        return table.contains(List.of("password"))
                ? new Entry.Password(id, user, value(id, table, "password"), expires)
                : new Entry.Text(id, value(id, table, "secret"), expires);
    }

    /** {@return the moment, for a day its last one where the clock of this machine is; null when it is none} */
    private static Instant end(Object value) {
        if (value instanceof LocalDate day) {
            return day.plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
        return value instanceof OffsetDateTime moment ? moment.toInstant() : null;
    }

    /** {@return null when the key is not there} */
    private Secret value(String id, TomlTable table, String key) throws CredentialException {
        Object value = table.get(List.of(key));
        if (value == null) {
            return null;
        }
        if (value instanceof String literal) {
            return Secret.of(literal);
        }
        TomlTable source = (TomlTable) value;
        String where = file + ":" + table.inputPositionOf(List.of(key)).line() + ": ";
        if (source.get(List.of("env")) instanceof String name) {
            String found = surroundings.environment().get(name);
            if (found == null || found.isEmpty()) {
                throw new CredentialException(where + "The " + key + " of \"" + id
                        + "\" is to come from the environment variable " + name + ", which is "
                        + (found == null ? "not set" : "empty") + ". Set it and try again.");
            }
            return Secret.of(found);
        }
        Path path = path((String) source.get(List.of("file")));
        try {
            // The line end that every editor adds is no part of it.
            return Secret.of(Files.readString(path).replaceFirst("\\r?\\n\\z", ""));
        } catch (IOException e) {
            throw new CredentialException(
                    where + "The " + key + " of \"" + id + "\" is to come from the file " + path
                            + ", which cannot be read: " + e.getClass().getSimpleName() + ".",
                    e);
        }
    }

    private Path path(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return surroundings.home().resolve(text.substring(Math.min(2, text.length())));
        }
        return file.toAbsolutePath().resolveSibling(text).normalize();
    }
}
