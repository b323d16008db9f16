package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code requires}: what has to be there. */
final class RequiresSection {
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9:_.@\\\\][A-Za-z0-9:_.@\\\\-]{0,254}");

    /** A word of a shell that means nothing but itself. */
    private static final Pattern PROGRAM =
            Pattern.compile("(?:/(?:[A-Za-z0-9._+@-]+/)*)?[A-Za-z0-9_][A-Za-z0-9._+@-]{0,199}");

    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_ -]{0,98}[A-Za-z0-9_])?");

    private static final Key<String> ID = Key.required("id", Scalars.CREDENTIAL);
    private static final Key<Credential.Type> TYPE = Key.optional("type", Scalars.choice(Credential.Type.class));
    private static final Shape<Requirements.Needed> NEEDED = ByForm.table(
            "the id of a credential of the host, or { id = \"…\", type = \"…\" }",
            Scalars.CREDENTIAL.map(id -> new Requirements.Needed(id, Optional.empty())),
            Section.of(
                    "a table such as { id = \"…\", type = \"file\" }",
                    List.of(ID, TYPE),
                    v -> new Requirements.Needed(v.get(ID), v.find(TYPE))));

    private static final Key<String> FILE = Key.optional("file", new Text<>("a file's path", RequiresSection::path));
    private static final Key<String> SERVICE =
            Key.optional("service", new Text<>("the name of a systemd unit", RequiresSection::unit));
    private static final Key<String> COMMAND = Key.optional("command", Scalars.COMMAND);
    private static final Shape<Requirements.Place> PLACE = Section.of(
                    "a table such as { file = \".env\" }", List.of(FILE, SERVICE, COMMAND), RequiresSection::place)
            .with(new Alternatives(Map.of(
                    FILE.name(), Set.of(),
                    SERVICE.name(), Set.of(),
                    COMMAND.name(), Set.of())));

    private static final Key<List<Requirements.Needed>> CREDENTIALS =
            Key.withDefault("credentials", ListOf.some("a list of credential ids", NEEDED), List.of());
    private static final Key<List<String>> VARIABLES =
            Key.withDefault("variables", ListOf.some("a list of variable names", Scalars.VARIABLE_NAME), List.of());
    private static final Key<Requirements.Place> VARIABLES_FROM = Key.optional("variables_from", PLACE);

    private static final Key<List<String>> COMMANDS = Key.withDefault(
            "commands",
            ListOf.any(
                    "a list of programs",
                    Scalars.matching(
                            PROGRAM,
                            "a program's name or absolute path, of at most 200 letters, digits and . _ + - @ characters")),
            List.of());
    private static final Key<List<String>> PHP_EXTENSIONS = Key.withDefault(
            "php_extensions",
            ListOf.any(
                    "a list of PHP extensions",
                    Scalars.matching(EXTENSION, "an extension's name as php -m lists it, such as \"intl\"")),
            List.of());

    static final Section<Requirements> SECTION = Section.of(
            "a table that says what has to be there",
            List.of(CREDENTIALS, VARIABLES, VARIABLES_FROM, COMMANDS, PHP_EXTENSIONS),
            v -> new Requirements(
                    v.get(CREDENTIALS),
                    v.get(VARIABLES),
                    v.find(VARIABLES_FROM),
                    v.get(COMMANDS),
                    v.get(PHP_EXTENSIONS)));

    private RequiresSection() {}

    private static Requirements.Place place(Values v) {
        return v.find(FILE)
                .<Requirements.Place>map(Requirements.InFile::new)
                .or(() -> v.find(SERVICE).map(Requirements.OfService::new))
                .orElseGet(() -> new Requirements.FromCommand(v.get(COMMAND)));
    }

    /** {@return the path without empty names and dots; what is not absolute lies below shared/} */
    private static String path(String text) throws Text.Unfit {
        Scalars.rejectControlCharacters(text);
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                throw new Text.Unfit("contains ..: " + Quoted.quote(text));
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.isEmpty() || text.endsWith("/")) {
            throw new Text.Unfit("names no file: " + Quoted.quote(text));
        }
        return (text.startsWith("/") ? "/" : "") + String.join("/", names);
    }

    /** The characters of systemd.unit(5), not beginning like an option. */
    private static String unit(String text) throws Text.Unfit {
        if (!UNIT.matcher(text).matches()) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        return text;
    }
}
