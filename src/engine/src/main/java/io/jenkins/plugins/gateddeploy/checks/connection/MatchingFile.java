package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.connection.ReferenceFiles.ReferenceFile;
import io.jenkins.plugins.gateddeploy.config.ConfigFile;
import io.jenkins.plugins.gateddeploy.config.DottedKeys;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code toml.mismatch}: whether the connection file has the values that deploy.toml expects, and agrees with the
 * reference file in all others.
 */
final class MatchingFile implements Check {
    private final ConnectionFile file;
    private final ConfigFile settings;
    private final ReferenceFiles references;
    private final Secrets secrets;

    MatchingFile(ConnectionFile file, ConfigFile settings, ReferenceFiles references, Secrets secrets) {
        this.file = file;
        this.settings = settings;
        this.references = references;
        this.secrets = secrets;
    }

    @Override
    public String about() {
        return "values of " + file.path();
    }

    @Override
    public List<Problem> find() throws IOException, ProblemException, InterruptedException {
        Optional<TomlFile> content = file.content();
        if (content.isEmpty()) {
            return List.of();
        }
        TomlFile found = content.get();
        Veil veil = new Veil(secrets.known());
        Mismatches mismatches =
                new Mismatches(found, "Mend the file, or config in deploy.toml when that is out of date.");
        expected(found, new Comparison(veil, true, false), mismatches);
        List<Problem> more = new ArrayList<>();
        if (settings.reference().isPresent()) {
            List<ReferenceFile> read =
                    references.read(settings.reference().get().from(), file.path());
            if (read.isEmpty()) {
                more.add(Problem.warning(
                        "toml.mismatch",
                        "There is no release yet with which " + file.path() + " could be compared.",
                        "After the first deployment it is compared with what is current."));
            }
            for (ReferenceFile reference : read) {
                agrees(found, reference, veil, mismatches);
            }
        }
        more.addAll(0, mismatches.problems());
        return more;
    }

    private void expected(TomlFile found, Comparison comparison, Mismatches mismatches) {
        settings.expected().values().forEach((key, value) -> {
            TomlFile.Leaf leaf = found.leaves().get(key);
            if (leaf != null) {
                comparison
                        .difference(key, value, leaf.value(), isUnordered(key))
                        .ifPresent(difference -> mismatches.add(key, leaf, difference + "."));
            } else {
                mismatches.add(key, null, "must be " + comparison.shown(key, value) + ", but " + absence(found, key));
            }
        });
        for (String absent : settings.expected().absent()) {
            found.leaves().forEach((key, leaf) -> {
                if (DottedKeys.covers(absent, key)) {
                    String shown = comparison.veil().show(key, leaf.value());
                    mismatches.add(key, leaf, "must not be there, but is " + shown + ".");
                }
            });
        }
    }

    private void agrees(TomlFile found, ReferenceFile reference, Veil veil, Mismatches mismatches) {
        Comparison comparison =
                new Comparison(reference.secret() ? secrets.veil(reference.file()) : veil, false, reference.secret());
        String of = " (" + reference.name() + ")";
        reference.file().leaves().forEach((key, wanted) -> {
            TomlFile.Leaf leaf = found.leaves().get(key);
            if (isSettledOtherwise(key)) {
                return;
            }
            if (leaf == null) {
                mismatches.add(
                        key,
                        null,
                        "must be " + comparison.shown(key, wanted.value()) + of + ", but " + absence(found, key));
            } else {
                comparison
                        .difference(key, wanted.value(), leaf.value(), isUnordered(key))
                        .ifPresent(difference -> mismatches.add(key, leaf, difference + of + "."));
            }
        });
        found.leaves().forEach((key, leaf) -> {
            if (!reference.file().leaves().containsKey(key) && !isSettledOtherwise(key)) {
                String shown = comparison.veil().show(key, leaf.value());
                mismatches.add(key, leaf, "is " + shown + ", but the reference has no such key" + of + ".");
            }
        });
    }

    /** A key that deploy.toml speaks of itself is not the reference's to judge. */
    private boolean isSettledOtherwise(String key) {
        List<String> except = settings.reference().orElseThrow().except();
        return settings.expected().values().containsKey(key)
                || except.stream().anyMatch(e -> DottedKeys.covers(e, key))
                || settings.expected().absent().stream().anyMatch(a -> DottedKeys.covers(a, key));
    }

    private boolean isUnordered(String key) {
        return settings.expected().unordered().stream().anyMatch(u -> DottedKeys.covers(u, key));
    }

    private static String absence(TomlFile found, String key) {
        String below =
                found.leaves().tailMap(key + ".").keySet().stream().findFirst().orElse("");
        return below.startsWith(key + ".") ? "is a table with " + below + "." : "is not there.";
    }
}
