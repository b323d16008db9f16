package io.jenkins.plugins.gateddeploy.source;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs that are installed here. */
final class Programs {
    private Programs() {}

    /** Skips the test with one line when a program is missing, or fails it where all of them should be there. */
    static void need(String... programs) {
        for (String program : programs) {
            if (find(program) == null) {
                String line = "needs the program " + program + ", which is not installed";
                if (Boolean.getBoolean("gateddeploy.requireServers")) {
                    fail(line);
                }
                abort(line);
            }
        }
    }

    /** {@return where a program is; null when it is not} */
    static Path find(String program) {
        for (String folder : (System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program);
            }
        }
        return null;
    }

    /** {@return what a program wrote; its exit code must be 0} */
    static byte[] run(Path folder, byte[] input, String... command) throws IOException, InterruptedException {
        Path in = Files.createTempFile("input", null);
        Path out = Files.createTempFile("output", null);
        Path err = Files.createTempFile("error", null);
        try {
            Files.write(in, input);
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + Files.readString(err));
            }
            return Files.readAllBytes(out);
        } finally {
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
        }
    }

    /** {@return the standard output of a program as text} */
    static String text(Path folder, String... command) throws IOException, InterruptedException {
        return new String(run(folder, new byte[0], command), StandardCharsets.UTF_8);
    }
}
