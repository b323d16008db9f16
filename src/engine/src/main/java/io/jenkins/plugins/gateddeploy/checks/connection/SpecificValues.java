package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.config.DottedKeys;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code toml.development-value}: whether what belongs to one environment alone differs from development. */
final class SpecificValues implements Check {
    private final ConnectionFile file;
    private final Optional<ConnectionFile> development;
    private final List<String> specific;
    private final Secrets secrets;

    /** @param development empty when nobody named one */
    SpecificValues(ConnectionFile file, Optional<ConnectionFile> development, List<String> specific, Secrets secrets) {
        this.file = file;
        this.development = development;
        this.specific = specific;
        this.secrets = secrets;
    }

    @Override
    public String about() {
        return "values of " + file.path() + " that development has too";
    }

    @Override
    public List<Problem> find() throws IOException, ProblemException {
        Optional<TomlFile> content = file.content();
        if (content.isEmpty()) {
            return List.of();
        }
        ConnectionFile other = development.orElseThrow(() -> new ProblemException(
                "check.failed",
                "Nobody said which file development has, so the keys " + String.join(", ", specific)
                        + " cannot be compared with it.",
                "Write config.development in deploy.toml, or config.file for an environment named development."));
        if (other.path().equals(file.path())) {
            return List.of(Problem.error(
                    "toml.development-value",
                    "Development reads the same file " + file.path()
                            + ", so it has the same value for every key that should differ: "
                            + String.join(", ", specific) + ".",
                    "Give each environment a file of its own.",
                    new Location(file.path(), 0, 0)));
        }
        TomlFile in = other.content()
                .orElseThrow(() -> new ProblemException(
                        "check.failed",
                        "Development's file " + other.path() + " is missing in "
                                + other.files().version() + ", empty or no TOML, so nothing can be compared with it.",
                        "Mend it, or name another one with config.development in deploy.toml."));
        return same(content.get(), in);
    }

    private List<Problem> same(TomlFile found, TomlFile in) {
        Veil veil = new Veil(secrets.known());
        Comparison comparison = new Comparison(veil, false, false);
        List<Problem> problems = new ArrayList<>();
        found.leaves().forEach((key, leaf) -> {
            TomlFile.Leaf other = in.leaves().get(key);
            boolean belongsHere = specific.stream().anyMatch(s -> DottedKeys.covers(s, key));
            if (belongsHere
                    && other != null
                    && comparison
                            .difference(key, other.value(), leaf.value(), true)
                            .isEmpty()) {
                problems.add(Problem.error(
                        "toml.development-value",
                        key + " is " + veil.show(key, leaf.value()) + ", the same as in " + in.name()
                                + " for development, but it should belong to this environment alone.",
                        "Write this environment's own value.",
                        leaf.where()));
            }
        });
        return problems;
    }
}
