package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.checks.connection.ConnectionChecks;
import io.jenkins.plugins.gateddeploy.checks.contract.ContractChecks;
import io.jenkins.plugins.gateddeploy.checks.development.DevelopmentChecks;
import io.jenkins.plugins.gateddeploy.checks.revision.RevisionChecks;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChecks;
import io.jenkins.plugins.gateddeploy.checks.target.TargetChecks;
import java.util.List;
import java.util.function.Function;

/** Every check there is, family by family: the order in which people read what was found. */
public final class CheckList {
    private static final List<Function<Subject, List<Check>>> FAMILIES = List.of(
            RevisionChecks::of,
            DevelopmentChecks::of,
            ConnectionChecks::of,
            SchemaChecks::of,
            ContractChecks::of,
            TargetChecks::of);

    private CheckList() {}

    /** {@return the checks before a new version comes} */
    public static List<Check> of(Subject subject) {
        return FAMILIES.stream()
                .map(f -> f.apply(subject))
                .flatMap(List::stream)
                .toList();
    }
}
