package io.jenkins.plugins.gateddeploy.jenkins.host;

import io.jenkins.plugins.gateddeploy.registration.Starter;

/** A cause of this plugin's that is no person's doing. */
public interface AutomaticCause {

    /** {@return what it is: the clock, or a change in a repository} */
    Starter.Kind starter();
}
