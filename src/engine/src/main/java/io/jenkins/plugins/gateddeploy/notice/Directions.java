package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.net.URI;
import java.util.Optional;

/** How people get from a notice to a gate, as the host knows. Safe for use by several threads. */
public interface Directions {

    /** {@return the plain address of a gate's page: no token in it, whoever opens it logs in; empty for none} */
    Optional<URI> link(Gate gate);

    /** {@return a sentence that says where to go when there is no address} */
    String otherwise(Gate gate);
}
