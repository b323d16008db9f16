/**
 * Reaching servers, and reading workspaces, from the agents of this Jenkins. A deployment is decided on the controller;
 * what crosses to an agent are single calls of the engine's port {@link io.jenkins.plugins.gateddeploy.target.Targets},
 * each with all that it needs, so that an agent may go and another take its place between two of them.
 */
package io.jenkins.plugins.gateddeploy.jenkins.agent;
