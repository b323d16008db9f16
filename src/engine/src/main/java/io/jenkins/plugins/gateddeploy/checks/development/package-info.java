/**
 * Problems in development: a build that is not well, tests that fail, findings of static analysis, changes that nobody
 * committed, and commits from another branch.
 *
 * <p>Whoever puts the checks of a deployment together enters by {@link
 * io.jenkins.plugins.gateddeploy.checks.development.DevelopmentChecks}. Where builds, workspaces and their files are is the
 * host's affair.
 */
package io.jenkins.plugins.gateddeploy.checks.development;
