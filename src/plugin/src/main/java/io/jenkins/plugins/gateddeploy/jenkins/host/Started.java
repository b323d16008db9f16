package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.EnvVars;
import hudson.model.Action;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Queue;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.trigger.Reference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a build is to deploy that was started by a push or by a schedule; the build's scripts read it as variables. */
public final class Started extends InvisibleAction implements EnvironmentContributingAction, Queue.QueueAction {
    /** The variable with the reference, as steps take it. */
    public static final String REF = "GATED_DEPLOY_REF";

    private final String ref;
    private final String commit;
    private final boolean exact;

    private Started(String ref, String commit, boolean exact) {
        this.ref = Objects.requireNonNull(ref, "ref");
        this.commit = Objects.requireNonNull(commit, "commit");
        this.exact = exact;
    }

    /**
     * {@return that a push has started it} A tag is deployed as it is; of a branch, what the build has checked out of it,
     * since that is what it has tested.
     */
    public static Started push(Reference pushed, String commit) {
        return new Started(pushed.full(), commit, pushed.kind() == Reference.Kind.TAG);
    }

    /** {@return that a schedule has started it, which says what to deploy, as the steps' {@code ref} has it} */
    public static Started schedule(String ref) {
        return new Started(ref, "", true);
    }

    /** {@return what started a build, where it was a push or a schedule of this plugin} */
    public static Optional<Started> of(Run<?, ?> build) {
        return Optional.ofNullable(build.getAction(Started.class));
    }

    /** {@return what to deploy when a step names nothing: a reference's full name, or a wish} */
    public String ref() {
        return ref;
    }

    /** {@return whether it comes before what the build has checked out} */
    public boolean isExact() {
        return exact;
    }

    /** {@return the branch or tag; empty when it is a wish that is fulfilled when it is deployed} */
    public Optional<Reference> reference() {
        return Reference.of(ref);
    }

    @Override
    public void buildEnvironment(Run<?, ?> run, EnvVars variables) {
        variables.put(REF, ref);
        reference().ifPresent(r -> variables.put("GATED_DEPLOY_" + r.kind(), r.name()));
        if (!commit.isEmpty()) {
            variables.put("GATED_DEPLOY_COMMIT", commit);
        }
    }

    /** Two tags that are pushed at once are two builds, though Jenkins takes items of one job that wait for one. */
    @Override
    public boolean shouldSchedule(List<Action> actions) {
        return actions.stream()
                .filter(Started.class::isInstance)
                .map(Started.class::cast)
                .noneMatch(other -> other.ref.equals(ref) && other.commit.equals(commit));
    }
}
