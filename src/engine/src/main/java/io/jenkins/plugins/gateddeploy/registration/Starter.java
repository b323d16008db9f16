package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.util.Objects;

/**
 * Who is at the root of what happens. The kind says what it is, never the id: a person who is called like a timer is
 * still a person.
 *
 * @param kind what it is
 * @param actor who it is, for the rules on people and for messages
 * @param permitted whether the host's own permissions let this actor do it there; means something for people alone
 */
public record Starter(Kind kind, Actor actor, boolean permitted) {

    /** What can start something. */
    public enum Kind {
        /** Somebody who is logged in, or an anonymous visitor. */
        PERSON,
        /** The clock. */
        TIMER,
        /** A change in a repository. */
        SCM,
        /** Nothing that the host can tell: a token from outside, a script, a cause that is not recorded any more. */
        OTHER
    }

    public Starter {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(actor, "actor");
    }
}
