package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a step asks people. */
public final class Question implements Serializable {
    private static final long serialVersionUID = 1;

    private final String message;
    private final ArrayList<String> approvers;
    private final int required;
    private final Duration timeout;
    private final ArrayList<String> evidence;
    /** Null in what an older version has saved. */
    private final ArrayList<String> allOf;

    private final boolean requesterBarred;

    /**
     * A question.
     *
     * @param message for people; may be empty
     * @param approvers user ids, and groups with an {@code @} before them; empty for everybody who has the permission
     * @param required how many have to approve, at least 1
     * @param timeout how long to wait
     * @param evidence paths of artifacts of the build
     */
    public Question(String message, List<String> approvers, int required, Duration timeout, List<String> evidence) {
        this(message, approvers, required, timeout, evidence, List.of(), false);
    }

    private Question(
            String message,
            List<String> approvers,
            int required,
            Duration timeout,
            List<String> evidence,
            List<String> allOf,
            boolean requesterBarred) {
        this.allOf = new ArrayList<>(allOf);
        this.requesterBarred = requesterBarred;
        this.message = Util.fixNull(message).strip();
        this.approvers = new ArrayList<>(approvers);
        this.required = required;
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.evidence = new ArrayList<>(evidence);
    }

    /**
     * {@return the same, asking for more}
     *
     * @param names user ids, and groups with an {@code @} before them, each of which has to give an approval
     * @param requesterMayApprove whether the approval of the person who started the build counts
     */
    public Question asking(List<String> names, boolean requesterMayApprove) {
        return new Question(message, approvers, required, timeout, evidence, names, !requesterMayApprove);
    }

    /** {@return whether it asks for anything by itself, beside an approval by anybody} */
    boolean isDemanding() {
        return !approvers.isEmpty() || required > 1 || !allOf().isEmpty();
    }

    /** {@return what it asks for} */
    Clause clause() {
        return new Clause(approvers, required, true, timeout, Clause.Source.STEP)
                .with(Terms.none().withAllOf(allOf()).withRequester(!requesterBarred));
    }

    private List<String> allOf() {
        return allOf == null ? List.of() : allOf;
    }

    String message() {
        return message;
    }

    List<String> evidence() {
        return evidence;
    }
}
