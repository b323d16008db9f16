package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import java.io.PrintStream;

/** Lines of a deployment in the console of a build, those of a target with its name before them. */
public final class BuildLog implements LogSink {
    private final PrintStream console;

    /** @param listener of the build */
    public BuildLog(TaskListener listener) {
        console = listener.getLogger();
    }

    @Override
    public void line(LogLine line) {
        // One call a line: several threads write.
        console.println(line.target().isEmpty() ? line.text() : "[" + line.target() + "] " + line.text());
    }
}
