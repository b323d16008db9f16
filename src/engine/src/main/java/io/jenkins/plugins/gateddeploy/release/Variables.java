package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment variables of tasks, secrets looked up.
 *
 * @param values by name; holds secrets
 */
record Variables(Map<String, String> values) {

    /**
     * Looks up every secret.
     *
     * @throws ProblemException when some cannot be had
     */
    static Variables resolve(Map<String, Variable> variables, Credentials credentials) throws ProblemException {
        Map<String, String> values = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        variables.forEach((name, variable) -> {
            try {
                values.put(name, value(variable, credentials));
            } catch (CredentialException e) {
                problems.add(Problem.error(
                        "credential.missing", "Variable " + name + " has no value: " + e.getMessage(), ""));
            }
        });
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new Variables(values);
    }

    private static String value(Variable variable, Credentials credentials) throws CredentialException {
        if (variable instanceof Variable.SecretReference reference) {
            return credentials.secret(reference.id()).reveal();
        }
        return ((Variable.Literal) variable).value();
    }

    /** {@return the secrets among them, to be masked} */
    static List<Secret> secrets(Map<String, Variable> variables, Variables resolved) {
        return variables.entrySet().stream()
                .filter(e -> e.getValue() instanceof Variable.SecretReference)
                .map(e -> Secret.of(resolved.values().get(e.getKey())))
                .toList();
    }

    /** {@return all of them and those that tell a task where it is} */
    Map<String, String> on(Target target, About about) {
        Map<String, String> all = new HashMap<>(values);
        all.put("GATED_DEPLOY_APP", about.app());
        all.put("GATED_DEPLOY_ENVIRONMENT", about.environment());
        all.put("GATED_DEPLOY_RELEASE", about.release());
        all.put("GATED_DEPLOY_COMMIT", about.commit());
        all.put("GATED_DEPLOY_TAG", about.tag());
        all.put("GATED_DEPLOY_TARGET", target.name());
        return all;
    }

    @Override
    public String toString() {
        return "variables " + values.keySet();
    }
}
