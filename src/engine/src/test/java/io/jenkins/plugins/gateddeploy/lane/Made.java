package io.jenkins.plugins.gateddeploy.lane;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Lanes and what is in them, for tests. */
public final class Made {
    /** When all this happens. */
    public static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    /** The one lane. */
    public static final Lane LANE = new Lane("shop", "production");

    private Made() {}

    /** {@return one that waits for a deployment of the same id} */
    public static Entry entry(String id) {
        return entry(id, id, "", Bounds.none());
    }

    /** {@return one of a reference, that waits for a deployment of the same id} */
    public static Entry ofRef(String ref, String id) {
        Claim claim = new Claim(id, "", "deployment " + id, ref, new Claim.Asker("ada", "shop", 7), NOON);
        return Entry.waiting(id, LANE, claim, Bounds.none());
    }

    /** {@return one that waits without a deployment: a piece of a script} */
    public static Entry piece(String id) {
        return entry(id, "", "", Bounds.none());
    }

    /** {@return one that waits under another} */
    public static Entry under(String above, String id) {
        return entry(id, id, above, Bounds.none());
    }

    /** {@return one that may not begin before a time} */
    public static Entry notBefore(Instant time, String id) {
        return entry(id, id, "", new Bounds(Optional.of(time), Optional.empty()));
    }

    /** {@return one that waits until a time} */
    public static Entry until(Instant time, String id) {
        return entry(id, id, "", new Bounds(Optional.empty(), Optional.of(time)));
    }

    /** {@return somebody who manages no lane} */
    public static Steward person(String id) {
        return new Steward(new Actor(id, id, Set.of()), false);
    }

    /** {@return somebody who manages the lane} */
    public static Steward manager() {
        return new Steward(new Actor("meg", "Meg", Set.of()), true);
    }

    private static Entry entry(String id, String deployment, String under, Bounds bounds) {
        Claim claim = new Claim(deployment, under, "deployment " + id, "main", new Claim.Asker("ada", "shop", 7), NOON);
        return Entry.waiting(id, LANE, claim, bounds);
    }
}
