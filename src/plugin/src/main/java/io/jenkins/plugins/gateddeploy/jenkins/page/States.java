package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.history.State;

/** The states of a deployment as people read them. */
final class States {
    private States() {}

    /** {@return its name} */
    static String name(State state) {
        return switch (state) {
            case QUEUED -> Messages.States_queued();
            case CHECKING -> Messages.States_checking();
            case HELD -> Messages.States_held();
            case DEPLOYING -> Messages.States_deploying();
            case CONFIRMING -> Messages.States_confirming();
            case SUCCEEDED -> Messages.States_succeeded();
            case FAILED -> Messages.States_failed();
            case ROLLED_BACK -> Messages.States_rolledBack();
            case REJECTED -> Messages.States_rejected();
            case CANCELLED -> Messages.States_cancelled();
            case INTERRUPTED -> Messages.States_interrupted();
        };
    }
}
