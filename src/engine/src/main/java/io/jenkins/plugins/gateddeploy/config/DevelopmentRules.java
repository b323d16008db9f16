package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/**
 * What has to hold of the build that a version comes from.
 *
 * @param tests patterns of JUnit XML files in the workspace; none to look at no tests
 */
public record DevelopmentRules(List<String> tests) {
    public DevelopmentRules {
        tests = List.copyOf(tests);
    }
}
