package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.config.DeployOn;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import io.jenkins.plugins.gateddeploy.source.Hold;
import io.jenkins.plugins.gateddeploy.source.PathPatterns;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Refuse;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Skip;
import io.jenkins.plugins.gateddeploy.trigger.Decision.Start;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The automatic way to an environment: a push or the clock has started something, and nobody asked for it in person. What
 * a registration and a {@link io.jenkins.plugins.gateddeploy.pin.Pin} say about that counts besides.
 *
 * @param place where it would be deployed
 * @param starter what started it
 * @param conditions those of deploy.toml; empty when it has none
 */
public record Automatic(Place place, Starter.Kind starter, Optional<DeployOn> conditions) {
    public Automatic {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(starter, "starter");
        Objects.requireNonNull(conditions, "conditions");
    }

    /** {@return whether whoever started something is none who can answer for it, so that the conditions count} */
    public static boolean concerns(Starter.Kind starter) {
        return starter == Starter.Kind.SCM || starter == Starter.Kind.TIMER;
    }

    /**
     * {@return whether a push of these is wanted here} A schedule names what it deploys, so that it is asked nothing.
     *
     * @param pushed the branches and tags that it can be of; empty when that cannot be told
     */
    public Decision of(List<Reference> pushed) {
        if (starter != Starter.Kind.SCM
                || conditions.isEmpty()
                || pushed.stream().anyMatch(reference -> wants(conditions.get(), reference))) {
            return new Start();
        }
        return new Skip("Not deployed to " + place + ": "
                + (pushed.isEmpty()
                        ? "it cannot be told which branch or tag was pushed"
                        : pushed.stream().map(Reference::toString).collect(Collectors.joining(", "))
                                + (pushed.size() == 1 ? " is" : " are") + " not among those that deploy_on names")
                + " (" + named(conditions.get()) + ").");
    }

    /** {@return whether that version may go there now, by itself} */
    public Decision of(Facts facts) {
        if (Hold.marks(facts.coming().message())) {
            return new Skip("Not deployed to " + place + ": the message of commit "
                    + facts.coming().shortId() + " begins with " + Hold.MARK
                    + ", so a person has to start its deployment.");
        }
        boolean afterSuccess = conditions.map(DeployOn::onlyAfterSuccess).orElse(false);
        return facts.last()
                .filter(last -> afterSuccess && last.state() != State.SUCCEEDED)
                .<Decision>map(last -> new Refuse(failedBefore(last)))
                .orElseGet(Start::new);
    }

    private Problem failedBefore(DeploymentRecord last) {
        return Problem.error(
                "trigger.last-failed",
                "The deployment before, #" + last.number() + " to " + place + ", ended " + last.state()
                        + ", and deploy_on asks for one that succeeded (only_after_success).",
                "Look at what went wrong there, and deploy once in person.");
    }

    private static boolean wants(DeployOn on, Reference reference) {
        List<String> patterns = reference.kind() == Reference.Kind.BRANCH ? on.branches() : on.tags();
        return new PathPatterns(patterns).matches(reference.name());
    }

    private static String named(DeployOn on) {
        return "branches: " + list(on.branches()) + "; tags: " + list(on.tags());
    }

    private static String list(List<String> patterns) {
        return patterns.isEmpty() ? "none" : String.join(", ", patterns);
    }
}
