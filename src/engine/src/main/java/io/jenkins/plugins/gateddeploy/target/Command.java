package io.jenkins.plugins.gateddeploy.target;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * A command as a value: built in one room, printed by a dry run, compared in a test, run elsewhere.
 *
 * @param name what it does, in two or three words, for messages ({@code switch current})
 * @param script a POSIX shell script; whoever runs it hands it to {@code sh -c} as one argument
 * @param stdin what the script reads
 * @param timeout how long it may take before it counts as failed
 * @param alone whether it runs what others wrote, which may leave programs behind that go on printing; its output must
 *     not be near that of another command
 */
public record Command(String name, String script, Stdin stdin, Duration timeout, boolean alone)
        implements Serializable {
    public Command {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(script, "script");
        Objects.requireNonNull(stdin, "stdin");
        Objects.requireNonNull(timeout, "timeout");
    }

    /** A command that leaves nothing behind that prints. */
    public Command(String name, String script, Stdin stdin, Duration timeout) {
        this(name, script, stdin, timeout, false);
    }

    /** {@return a command that reads nothing} */
    public static Command of(String name, String script, Duration timeout) {
        return new Command(name, script, Stdin.empty(), timeout);
    }

    /** {@return the same, to be run apart from others} */
    public Command apart() {
        return new Command(name, script, stdin, timeout, true);
    }

    /** {@return the same within another time} */
    public Command within(Duration limit) {
        return new Command(name, script, stdin, limit, alone);
    }
}
