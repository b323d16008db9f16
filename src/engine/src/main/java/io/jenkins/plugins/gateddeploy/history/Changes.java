package io.jenkins.plugins.gateddeploy.history;

/** What may change in a deployment's record, and what stays for ever. */
final class Changes {
    private Changes() {}

    /**
     * {@return the changed record}
     *
     * @throws IllegalArgumentException when it changed what must stay
     */
    static DeploymentRecord checked(DeploymentRecord before, DeploymentRecord after) {
        if (!after.id().equals(before.id())
                || !after.app().equals(before.app())
                || !after.environment().equals(before.environment())
                || after.kind() != before.kind()
                || after.number() != before.number()
                || !after.origin().equals(before.origin())
                || !after.started().equals(before.started())) {
            throw new IllegalArgumentException(
                    "identity, kind, number, origin and start of deployment " + before.id() + " must stay as they are");
        }
        if (after.state() != before.state() && !after.state().isFinal()) {
            throw new IllegalArgumentException("deployment " + before.id() + " goes from " + before.state() + " to "
                    + after.state() + " by an event, not by an update");
        }
        if (after.state().isFinal() && after.ended().isEmpty()) {
            throw new IllegalArgumentException(
                    "deployment " + before.id() + " needs an end time for its final state " + after.state());
        }
        return after;
    }
}
