package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/**
 * What has to be there before an environment is deployed to.
 *
 * @param credentials ids of credentials of the host
 * @param variables names of variables that every target has to set
 */
public record Requirements(List<String> credentials, List<String> variables) {
    public Requirements {
        credentials = List.copyOf(credentials);
        variables = List.copyOf(variables);
    }
}
