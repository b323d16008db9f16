package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What is in production now. Safe for use by several threads. */
@FunctionalInterface
public interface Current {

    /**
     * {@return the different versions that are current on the environment's targets; empty before the first deployment}
     *
     * @throws ProblemException when it cannot be told what is current, or its files cannot be had
     */
    List<Files> versions() throws ProblemException, IOException, InterruptedException;

    /**
     * {@return the commits, or content digests, that are current; empty when none is known}
     *
     * @throws ProblemException when it cannot be told what is current
     */
    default Set<String> commits() throws ProblemException, InterruptedException {
        return Set.of();
    }
}
