package io.jenkins.plugins.gateddeploy.history;

import java.util.Objects;

/**
 * The gate that a deployment waits at or has passed.
 *
 * @param gate its id; empty for none
 * @param approvers names of those who approved, for people: {@code Alice, Bob}; empty before
 */
public record Passed(String gate, String approvers) {
    public Passed {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(approvers, "approvers");
    }

    /** {@return that of a deployment without a gate} */
    public static Passed none() {
        return new Passed("", "");
    }
}
