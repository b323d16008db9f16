package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code toml.missing}, {@code toml.empty}, {@code toml.syntax}: whether the connection file can be used at all. */
final class ReadableFile implements Check {
    private static final int MOST_NAMED = 5;

    private final ConnectionFile file;

    ReadableFile(ConnectionFile file) {
        this.file = file;
    }

    @Override
    public String about() {
        return file.path();
    }

    @Override
    public List<Problem> find() throws IOException, ProblemException {
        Optional<TomlFile.Reading> reading = file.reading();
        if (reading.isEmpty()) {
            return List.of(missing());
        }
        return reading.get() instanceof TomlFile.Reading.Bad bad ? bad.problems() : List.of();
    }

    private Problem missing() throws IOException {
        String last = last(file.path());
        String stem = last.substring(0, last.lastIndexOf('.') < 0 ? last.length() : last.lastIndexOf('.'));
        List<String> similar = file.files().paths().stream()
                .filter(path -> isSimilar(last(path), last, stem))
                .limit(MOST_NAMED)
                .toList();
        String mend = similar.isEmpty()
                ? "Commit it, or name another one with config.file in deploy.toml."
                : "Similar ones are there: " + String.join(", ", similar)
                        + ". Commit it, or name the right one with config.file in deploy.toml.";
        return Problem.error(
                "toml.missing",
                "The environment's configuration file " + file.path() + " is not in "
                        + file.files().version() + ".",
                mend,
                new Location(file.path(), 0, 0));
    }

    private static boolean isSimilar(String name, String wanted, String stem) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals(wanted.toLowerCase(Locale.ROOT))
                || (lower.endsWith(".toml") && lower.startsWith(stem.toLowerCase(Locale.ROOT)));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
