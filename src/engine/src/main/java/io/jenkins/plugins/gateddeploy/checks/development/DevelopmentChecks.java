package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.DevelopmentRules;
import java.util.ArrayList;
import java.util.List;

/** The checks of how a version came about: {@code problem.*}. */
public final class DevelopmentChecks {
    private DevelopmentChecks() {}

    /** {@return those that deploy.toml asks for, and the one for uncommitted changes} */
    public static List<Check> of(Subject subject) {
        Configuration configuration = subject.configuration();
        DevelopmentRules rules = configuration.checks().development();
        Development development = subject.development();
        List<Check> checks = new ArrayList<>();
        if (rules.build()) {
            checks.add(new BuildCheck(development));
        }
        if (!rules.tests().isEmpty()) {
            checks.add(new TestsCheck(rules.tests(), development));
        }
        rules.analysis().ifPresent(analysis -> checks.add(new AnalysisCheck(analysis, development)));
        checks.add(new UncommittedCheck(rules.clean(), development));
        if (rules.branch()) {
            checks.add(new BranchCheck(configuration.branch(), subject.revision(), subject.repository()));
        }
        return List.copyOf(checks);
    }
}
