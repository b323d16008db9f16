package io.jenkins.plugins.gateddeploy.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Many files of words, 10 KB on average, the same each time they are made; gzip makes a third of them. */
final class Tree {
    private static final int MEAN_BYTES = 10_000;
    private static final long SETTLING_MILLIS = 2_100;

    private final Path path;
    private final int files;
    private int changes;
    private boolean renewed;

    Tree(Path path, int files) throws IOException {
        this.path = path;
        this.files = files;
        for (int i = 0; i < files; i++) {
            Files.createDirectories(file(i).getParent());
            write(i, i);
        }
    }

    Path path() {
        return path;
    }

    /** Changes one file in a hundred, others than the time before. */
    void change() throws IOException {
        changes++;
        for (int i = changes % 100; i < files; i += 100) {
            write(i, i + changes * (long) files);
        }
    }

    /** Makes every file look changed to whoever has read it, as after a build from nothing; it was two seconds ago. */
    void renew() throws IOException, InterruptedException {
        String mode = renewed ? "rw-r--r--" : "rw-rw-r--";
        for (int i = 0; i < files; i++) {
            Files.setPosixFilePermissions(file(i), PosixFilePermissions.fromString(mode));
        }
        renewed = !renewed;
        // No condition to wait for: that a file is two seconds old is a matter of time alone.
        Thread.sleep(SETTLING_MILLIS);
    }

    /**
     * Looks whether a directory holds these files, byte for byte, and no others.
     *
     * @throws IllegalStateException when it does not
     */
    void check(Path directory, String who) throws IOException {
        for (int i = 0; i < files; i++) {
            Path there = directory.resolve(path.relativize(file(i)).toString());
            if (!Files.exists(there) || Files.mismatch(file(i), there) != -1) {
                throw new IllegalStateException(who + ": " + there + " is not what was sent.");
            }
        }
        try (Stream<Path> all = Files.walk(directory)) {
            long count = all.filter(Files::isRegularFile).count();
            if (count != files) {
                throw new IllegalStateException(who + ": " + directory + " has " + count + " files, not " + files);
            }
        }
    }

    private Path file(int i) {
        return path.resolve("folder-" + i / 1000)
                .resolve("part-" + i / 100 % 10)
                .resolve("file-" + i + ".txt");
    }

    private void write(int i, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int size = MEAN_BYTES / 2 + random.nextInt(MEAN_BYTES);
        StringBuilder text = new StringBuilder(size + 16);
        while (text.length() < size) {
            text.append(Integer.toString(random.nextInt(100_000), 36)).append(random.nextInt(8) == 0 ? '\n' : ' ');
        }
        Files.write(file(i), text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
