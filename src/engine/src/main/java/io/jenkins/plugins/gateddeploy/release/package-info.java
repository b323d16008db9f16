/**
 * A deployment from its first look at the targets to its last: {@link
 * io.jenkins.plugins.gateddeploy.release.Deployment} is the whole flow on one screen, {@link
 * io.jenkins.plugins.gateddeploy.release.Deployer} the door for hosts. Each phase is a class of its own; what is said to
 * targets is built in {@code command}, what happens is written down in {@code history}.
 */
package io.jenkins.plugins.gateddeploy.release;
