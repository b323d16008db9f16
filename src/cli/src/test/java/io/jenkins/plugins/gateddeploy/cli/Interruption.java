package io.jenkins.plugins.gateddeploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ctrl-C for a process of its own. */
final class Interruption {
    private Interruption() {}

    /**
     * Sends SIGINT; or SIGTERM, which means the same to the command, where SIGINT is ignored: what a shell starts in the
     * background inherits that, and a test in such a build cannot take it back.
     */
    static void of(Process process) throws IOException, InterruptedException {
        boolean ignored = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(
                                        line.substring(line.indexOf(':') + 1).strip(), 16)
                                & 2)
                        != 0);
        new ProcessBuilder("kill", ignored ? "-TERM" : "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
