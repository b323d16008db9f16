package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** What a build asks for. Kept with the build while it is carried out; holds no secret. */
public interface Order extends Serializable {

    /** {@return the environment of deploy.toml that it is about, whatever others it passes on its way} */
    String environment();

    /**
     * Carries it out, which may take long.
     *
     * @return what a script may read: strings, numbers, lists and maps
     * @throws AbortException when it failed, with a message that says what is current on each target
     * @throws ProblemException when it makes no sense, before anything was changed
     * @throws IOException when the workspace cannot be read
     * @throws InterruptedException when it was interrupted; by then it has been ended cleanly
     */
    Map<String, Object> carryOut(Site site) throws ProblemException, IOException, InterruptedException;
}
