package io.jenkins.plugins.gateddeploy.problem;

/** How much a {@link Problem} matters. */
public enum Severity {
    /** Worth knowing; never stops a deployment. */
    WARNING,
    /** Stops a deployment unless a person with the right to do so forces it. */
    ERROR
}
