package io.jenkins.plugins.gateddeploy.gate;

import java.util.Objects;

/**
 * What a gate is about.
 *
 * @param app application; the name of what is to run when it is about no deployment
 * @param environment environment; empty when it is about no deployment
 * @param plan the plan's digest, to which decisions bind; empty when it is about no deployment of a version, as where
 *     people are asked whether to go back
 * @param revision what is to come, for people: {@code v1.2.0 (a1b2c3d) "Sort by price"}; with no plan, all that is
 * @param message what people are asked; may be empty
 * @param deployment id of the deployment that waits; empty when none does
 * @param job full name of the host's job that asks; empty for none
 * @param build number of its build; 0 for none
 */
public record Subject(
        String app,
        String environment,
        String plan,
        String revision,
        String message,
        String deployment,
        String job,
        int build) {
    public Subject {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(deployment, "deployment");
        Objects.requireNonNull(job, "job");
    }

    /** {@return whether a version waits to be deployed; otherwise something else does, which {@code revision} names} */
    public boolean isDeployment() {
        return !environment.isEmpty() && !plan.isEmpty();
    }

    /** {@return what is decided on, as people read it: {@code the deployment of shop to production}} */
    String words() {
        return isDeployment() ? "the deployment of " + app + " to " + environment : revision;
    }
}
