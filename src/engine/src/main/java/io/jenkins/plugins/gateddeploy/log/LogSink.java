package io.jenkins.plugins.gateddeploy.log;

/** Takes the lines of a deployment: a terminal, a build's console, a file. Called by several threads at once. */
@FunctionalInterface
public interface LogSink {

    /** Takes one line; must return soon and not throw. */
    void line(LogLine line);

    /** {@return a sink that hands each line to this one first and then to the other} */
    default LogSink and(LogSink other) {
        return line -> {
            line(line);
            other.line(line);
        };
    }
}
