package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import org.springframework.security.core.Authentication;

/**
 * Who is at the root of what happens.
 *
 * @param kind what it is
 * @param actor who it is
 * @param authentication with whose permissions; that of an anonymous visitor when it is nobody who can log in
 */
public record Root(Starter.Kind kind, Actor actor, Authentication authentication) {

    /** {@return the same for the engine, which has to know whether Jenkins' permissions let it go on} */
    public Starter starter(AccessControlled on, Permission permission) {
        // What runs as Jenkins itself may do all; it is no person who was given that right.
        boolean permitted = kind == Starter.Kind.PERSON
                && !ACL.SYSTEM2.equals(authentication)
                && on.getACL().hasPermission2(authentication, permission);
        return new Starter(kind, actor, permitted);
    }
}
