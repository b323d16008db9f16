package io.jenkins.plugins.gateddeploy.config;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * How problems are treated.
 *
 * @param notForceable ids of problems that nobody may force
 */
public record ProblemRules(Set<String> notForceable) {
    public ProblemRules {
        notForceable = Collections.unmodifiableSet(new TreeSet<>(notForceable));
    }
}
