package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Who has to approve before an environment is deployed to.
 *
 * @param approvers user ids ({@code alice}) and groups ({@code @release-managers}), in the order of the file; empty for
 *     everybody whom the host lets approve
 * @param required how many different people; at least 1
 * @param timeout how long the gate waits for them
 * @param authorMayApprove whether somebody who wrote a part of the change may approve it
 * @param auto names of conditions under which, all of them holding, no person is needed; empty when people are always
 * @param terms what is asked for besides; null, as in what older versions wrote, for nothing
 */
public record Approval(
        List<String> approvers,
        int required,
        Duration timeout,
        boolean authorMayApprove,
        List<String> auto,
        Terms terms) {
    public Approval {
        Objects.requireNonNull(timeout, "timeout");
        approvers = List.copyOf(approvers);
        auto = List.copyOf(auto);
        terms = terms == null ? Terms.none() : terms;
    }

    /** One that asks for nothing besides. */
    public Approval(
            List<String> approvers, int required, Duration timeout, boolean authorMayApprove, List<String> auto) {
        this(approvers, required, timeout, authorMayApprove, auto, Terms.none());
    }
}
