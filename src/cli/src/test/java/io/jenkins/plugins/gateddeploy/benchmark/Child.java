package io.jenkins.plugins.gateddeploy.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Other programs, run with a home directory of their own, so that nobody's dot files have a say.
 *
 * @param home that directory
 * @param log where their output goes, each time anew
 */
record Child(Path home, Path log) {

    /** A process and what it was started as. */
    record Running(Process process, String what, Path log) {
        /** Waits for its end, which must be a good one. */
        void finish() throws IOException, InterruptedException {
            int code = process.waitFor();
            if (code != 0) {
                String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
                throw new IllegalStateException(what + " ended with " + code + ": "
                        + text.substring(Math.max(0, text.length() - 4000)).strip());
            }
        }
    }

    Running start(List<String> command, Path directory, Map<String, String> environment, int number)
            throws IOException {
        Path output = log.resolveSibling(log.getFileName() + "-" + number);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("HOME", home.toString(), "LANG", "C.UTF-8", "LC_ALL", "C.UTF-8"));
        builder.environment().remove("SSH_AUTH_SOCK");
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().putAll(environment);
        return new Running(builder.start(), command.get(0), output);
    }

    void run(List<String> command, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        start(command, directory, environment, 0).finish();
    }

    void run(String... command) throws IOException, InterruptedException {
        run(List.of(command), home, Map.of());
    }

    /** Runs all at once, and waits for all. */
    void together(List<List<String>> commands) throws IOException, InterruptedException {
        List<Running> running = new ArrayList<>();
        for (List<String> command : commands) {
            running.add(start(command, home, Map.of(), running.size()));
        }
        for (Running one : running) {
            one.finish();
        }
    }
}
