package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the root of a chain of causes. Whoever set off a build in person counts more than what the build followed:
 * replaying, rebuilding and restarting from a stage are that person's doing. After that comes the build upstream with
 * its own causes, then the timer, then a change.
 */
final class Causes {
    /** Of plugins that need not be there. */
    private static final Set<String> SCM_CAUSES = Set.of(
            "jenkins.branch.BranchEventCause",
            "jenkins.branch.BranchIndexingCause",
            "hudson.plugins.git.GitStatus$CommitHookCause");

    /** Jenkins records ten levels of causes; further ones are looked up in the builds, as far as these are kept. */
    private static final int DEEPEST = 100;

    private final Set<String> builds = new HashSet<>();

    private Causes() {}

    static Root root(List<? extends Cause> causes) {
        return new Causes().of(causes);
    }

    private Root of(List<? extends Cause> causes) {
        List<Root> roots = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause person) {
                return Actors.person(person.getUserId());
            }
            roots.add(of(cause));
        }
        // Sorting keeps the order of those that are alike.
        return roots.stream()
                .min(Comparator.comparing(Root::kind))
                .orElseGet(() -> Actors.nobody("(unknown)", "Unknown"));
    }

    private Root of(Cause cause) {
        if (cause instanceof Cause.UpstreamCause upstream) {
            return of(causesOf(upstream));
        }
        if (cause instanceof AutomaticCause automatic) {
            return automatic.starter() == Kind.TIMER
                    ? Actors.machine(Kind.TIMER, "(timer)", "Timer")
                    : Actors.machine(Kind.SCM, "(scm)", "SCM change");
        }
        if (cause instanceof TimerTrigger.TimerTriggerCause) {
            return Actors.machine(Kind.TIMER, "(timer)", "Timer");
        }
        if (cause instanceof SCMTrigger.SCMTriggerCause
                || SCM_CAUSES.contains(cause.getClass().getName())) {
            return Actors.machine(Kind.SCM, "(scm)", "SCM change");
        }
        return cause instanceof Cause.RemoteCause
                ? Actors.nobody("(remote)", "Trigger with a token")
                : Actors.nobody("(unknown)", "Unknown");
    }

    private List<Cause> causesOf(Cause.UpstreamCause upstream) {
        List<Cause> recorded = upstream.getUpstreamCauses();
        boolean cut = recorded.isEmpty()
                || recorded.stream().anyMatch(Cause.UpstreamCause.DeeplyNestedUpstreamCause.class::isInstance);
        if (!cut || builds.size() >= DEEPEST) {
            return recorded;
        }
        Run<?, ?> build = upstream.getUpstreamRun();
        boolean followed = build != null && builds.add(build.getExternalizableId());
        return followed ? build.getCauses() : recorded;
    }
}
