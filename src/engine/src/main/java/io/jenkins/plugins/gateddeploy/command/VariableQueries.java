package io.jenkins.plugins.gateddeploy.command;

import io.jenkins.plugins.gateddeploy.target.Command;
import java.time.Duration;
import java.util.List;

/**
 * Questions whether variables are set on a target. Each prints lines of a word and a name ({@code set}, {@code empty},
 * {@code missing}), before them what could not be read; never a value.
 *
 * @param layout where things are
 * @param names of variables: letters, digits and underscores, not beginning with a digit
 */
public record VariableQueries(Layout layout, List<String> names) {
    private static final Duration TIMEOUT = Duration.ofSeconds(28);

    public VariableQueries {
        names = List.copyOf(names);
        for (String name : names) {
            // They become names of the script's own variables.
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("No variable's name: " + name);
            }
        }
    }

    /** {@return asks a file in the syntax of dotenv} */
    public Command file(String absolute) {
        return query("file", absolute);
    }

    /** {@return asks systemd what it gives to a unit: the system's one or, failing that, the user's} */
    public Command service(String unit) {
        return query("service", unit);
    }

    /** {@return asks what a command line prints} It runs in the current release, or in / when there is none. */
    public Command command(String line) {
        return query("command", line).apart();
    }

    private Command query(String from, String what) {
        return new Script()
                .set("B", layout.base())
                .set("T", "-")
                .set("D", "-")
                .add(Part.COMMON)
                .set("NAMES", String.join(" ", names))
                .set("FROM", from)
                .set("WHAT", what)
                .add(Part.VARIABLES)
                .command("look for variables", TIMEOUT);
    }
}
