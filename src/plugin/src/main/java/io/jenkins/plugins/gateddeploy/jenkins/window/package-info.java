/** Deployments that wait for their environment to open, without a thread. When it opens is the engine's to say. */
package io.jenkins.plugins.gateddeploy.jenkins.window;
