/**
 * What can be known before an environment is touched. A {@link io.jenkins.plugins.gateddeploy.checks.Check} is one class
 * that takes what it needs and says which problems it found; the packages below have the checks themselves, by what
 * they look at.
 *
 * <p>The rooms that plan and start deployments enter here; this one knows nothing of them.
 */
package io.jenkins.plugins.gateddeploy.checks;
