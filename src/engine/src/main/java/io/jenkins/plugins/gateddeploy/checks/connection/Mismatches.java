package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** The differences of a file, one a key, the first of them when there are very many. */
final class Mismatches {
    private static final int MOST = 100;

    private final TomlFile file;
    private final String mend;
    private final List<Problem> problems = new ArrayList<>();
    private int unseen;

    Mismatches(TomlFile file, String mend) {
        this.file = file;
        this.mend = mend;
    }

    /**
     * Adds a difference.
     *
     * @param leaf what is there; null when the key is not
     * @param difference the sentence after the key
     */
    void add(String key, TomlFile.Leaf leaf, String difference) {
        if (problems.size() >= MOST) {
            unseen++;
            return;
        }
        Location where = leaf == null ? new Location(file.name(), 0, 0) : leaf.where();
        problems.add(Problem.error("toml.mismatch", key + " " + difference, mend, where));
    }

    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(problems);
        if (unseen > 0) {
            all.add(Problem.error(
                    "toml.mismatch",
                    unseen + " more keys differ: only the first " + MOST + " are shown.",
                    "Is it the right file?",
                    new Location(file.name(), 0, 0)));
        }
        return all;
    }
}
