package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.ExtensionPoint;
import hudson.model.User;
import java.util.List;

/** A place where the e-mail addresses of users are known. */
public interface Addresses extends ExtensionPoint {

    /** {@return those of a user, as they were entered; empty when none is known here} */
    List<String> of(User user);
}
