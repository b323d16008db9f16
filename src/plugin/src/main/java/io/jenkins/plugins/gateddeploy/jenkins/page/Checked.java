package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the checks of a build found for one environment, as its page shows it. */
public final class Checked {
    private final Plan plan;
    private final List<Problem> problems;

    private Checked(Plan plan, List<Problem> problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /** {@return what was found for a plan, without what was found again for one of the deployments that it led to} */
    static Checked beside(List<DeploymentRecord> deployments, Plan plan) {
        Set<Problem> again = deployments.stream()
                .filter(d -> d.app().equals(plan.app()) && d.environment().equals(plan.environment()))
                .flatMap(d -> d.problems().stream())
                .collect(Collectors.toSet());
        return new Checked(
                plan, plan.problems().stream().filter(p -> !again.contains(p)).toList());
    }

    /** {@return what was looked at} */
    public String getTitle() {
        return Messages.Checked_title(plan.app(), plan.environment(), plan.revision());
    }

    /** {@return what was forced and why; empty when nothing was} */
    public String getForced() {
        boolean shown = problems.stream().anyMatch(plan.judgement()::isForced);
        return !shown ? "" : Messages.Checked_forced(plan.forced().words());
    }

    /** {@return what was found, in the order people should read it} */
    public List<Found> getProblems() {
        return problems.stream()
                .map(problem -> new Found(problem, plan.judgement()))
                .toList();
    }

    /** One problem. */
    public static final class Found {
        private final Problem problem;
        private final Judgement judgement;

        Found(Problem problem, Judgement judgement) {
            this.problem = problem;
            this.judgement = judgement;
        }

        /** {@return its stable name} */
        public String getId() {
            return problem.id();
        }

        /** {@return how much it matters, as people read it} */
        public String getWord() {
            if (judgement.isForced(problem)) {
                return Messages.Checked_isForced();
            }
            return isError() ? Messages.Checked_error() : Messages.Checked_warning();
        }

        /** {@return whether it stops a deployment} */
        public boolean isError() {
            return problem.severity() == Severity.ERROR;
        }

        /** {@return file and line; empty where there is none} */
        public String getPlace() {
            return problem.where().map(Location::toString).orElse("");
        }

        /** {@return what was expected and what was found} */
        public String getMessage() {
            return problem.message();
        }

        /** {@return what to do about it; may be empty} */
        public String getMend() {
            return problem.mend();
        }
    }
}
