package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.config.DevelopmentRules.Level;
import java.util.Optional;

/**
 * What static analysis found.
 *
 * @param level how much it matters; empty for something that is no finding, such as a rule that was kept
 * @param rule which rule it is of; empty when it is not said
 * @param message in the tool's words
 * @param file empty when it is not said
 * @param line from 1; 0 when it is not said
 */
record Finding(Optional<Level> level, String rule, String message, String file, int line) {}
