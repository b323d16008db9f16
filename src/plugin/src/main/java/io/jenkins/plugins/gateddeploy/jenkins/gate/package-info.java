/**
 * Waiting for people: the step that does, who hears that a gate has closed, and the one door by which decisions come in.
 * What a decision means is the engine's to say.
 */
package io.jenkins.plugins.gateddeploy.jenkins.gate;
