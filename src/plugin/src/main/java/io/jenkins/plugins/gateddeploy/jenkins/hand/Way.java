package io.jenkins.plugins.gateddeploy.jenkins.hand;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;

/** One attempt to go on with what a person has asked for. */
interface Way {
    /**
     * Goes as far as it can. Where it has to wait, there is another attempt when it need not any more.
     *
     * @throws ProblemException when something stands against it for good
     */
    void goOn() throws ProblemException, IOException, InterruptedException;
}
