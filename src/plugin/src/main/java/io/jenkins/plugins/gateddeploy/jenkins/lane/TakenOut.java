package io.jenkins.plugins.gateddeploy.jenkins.lane;

import java.util.Objects;
import jenkins.model.CauseOfInterruption;

/** Why a build ends whose deployment was taken out of its lane. */
public final class TakenOut extends CauseOfInterruption {
    private static final long serialVersionUID = 1;

    private final String message;

    /** @param message one sentence for people: by whom, or in favour of which newer one */
    public TakenOut(String message) {
        this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public String getShortDescription() {
        return message;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TakenOut same && same.message.equals(message);
    }

    @Override
    public int hashCode() {
        return message.hashCode();
    }
}
