package io.jenkins.plugins.gateddeploy.pin;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a commit may come, where people went back from one.
 *
 * @param pins of the host
 * @param ancestry tells which commits are older than one that was taken back
 */
public record PinRule(Pins pins, Ancestry ancestry) {
    /** The id of the problem that stands against an automatic start. */
    public static final String PINNED = "pin.taken-back";

    public PinRule {
        Objects.requireNonNull(pins, "pins");
        Objects.requireNonNull(ancestry, "ancestry");
    }

    /**
     * {@return what stands against a start: it comes by itself, and the commit was taken back there, or is older than
     * one that was} A person may always deploy it, and is told by a line in the log.
     *
     * @param commit full commit or content digest that is to come
     * @param starter who is at the root of it
     * @throws ProblemException when the repository cannot be read, so that nobody can tell
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<Problem> refusal(String app, String environment, String commit, Starter starter)
            throws ProblemException, InterruptedException {
        return starter.kind() == Starter.Kind.PERSON
                ? Optional.empty()
                : holding(app, environment, commit).map(pin -> problem(pin, commit));
    }

    /**
     * {@return the pin that a commit falls under; empty when it may come}
     *
     * @throws ProblemException when the repository cannot be read, so that nobody can tell
     * @throws InterruptedException when the thread was interrupted
     */
    public Optional<Pin> holding(String app, String environment, String commit)
            throws ProblemException, InterruptedException {
        for (Pin pin : pins.standing(app, environment)) {
            if (ancestry.leadsTo(pin.commit(), commit)) {
                return Optional.of(pin);
            }
        }
        return Optional.empty();
    }

    private static Problem problem(Pin pin, String commit) {
        String what = pin.commit().equals(commit)
                ? "The commit " + pin.words()
                : "The commit " + commit.substring(0, Math.min(7, commit.length()))
                        + " is older than one that was taken back: " + pin.words();
        return Problem.error(
                PINNED,
                what + ", so " + pin.environment() + " of " + pin.app()
                        + " is pinned and nothing that starts by itself puts it back.",
                "Push a newer commit, let a person deploy this one, or lift the pin: on the environment's page, or in a home"
                        + " of the command line by gated-deploy unpin " + pin.environment() + ".");
    }
}
