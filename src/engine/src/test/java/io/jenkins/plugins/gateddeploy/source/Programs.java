package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs that are installed here. */
final class Programs {
    private Programs() {}

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
