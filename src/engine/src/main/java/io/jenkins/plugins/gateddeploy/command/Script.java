package io.jenkins.plugins.gateddeploy.command;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Stdin;
import java.time.Duration;

/** Puts a script together: quoted values first, then the named parts, each a file beside this class. */
final class Script {
    private final StringBuilder text = new StringBuilder();

    /** Gives the script a variable. */
    Script set(String name, String value) {
        text.append(name).append('=').append(Shell.quote(value)).append('\n');
        return this;
    }

    /** Adds parts, in this order. */
    Script add(Part... parts) {
        for (Part part : parts) {
            text.append(part.text());
        }
        return this;
    }

    /** Adds a line whose arguments are quoted. */
    Script call(String function, String... arguments) {
        text.append(function);
        for (String argument : arguments) {
            text.append(' ').append(Shell.quote(argument));
        }
        text.append('\n');
        return this;
    }

    Command command(String name, Duration timeout) {
        return Command.of(name, text.toString(), timeout);
    }

    Command command(String name, Stdin stdin, Duration timeout) {
        return new Command(name, text.toString(), stdin, timeout);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
