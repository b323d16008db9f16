package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Util;
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
        this.message = Util.fixNull(message).strip();
        this.approvers = new ArrayList<>(approvers);
        this.required = required;
        this.timeout = Objects.requireNonNull(timeout, "timeout");
        this.evidence = new ArrayList<>(evidence);
    }

    String message() {
        return message;
    }

    List<String> approvers() {
        return approvers;
    }

    int required() {
        return required;
    }

    Duration timeout() {
        return timeout;
    }

    List<String> evidence() {
        return evidence;
    }
}
