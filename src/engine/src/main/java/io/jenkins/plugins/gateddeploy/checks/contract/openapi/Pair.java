package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

/**
 * Two schemas for one value: every value of {@link #narrow} has to be a value of {@link #wide}.
 *
 * @param old of the version that is current
 * @param now of the version to come
 */
record Pair(Schema old, Schema now, Direction direction) {

    Schema narrow() {
        return direction == Direction.SENT ? old : now;
    }

    Schema wide() {
        return direction == Direction.SENT ? now : old;
    }

    /** {@return a pair of the same direction} */
    Pair of(Schema narrow, Schema wide) {
        return direction == Direction.SENT ? new Pair(narrow, wide, direction) : new Pair(wide, narrow, direction);
    }

    boolean isSent() {
        return direction == Direction.SENT;
    }
}
