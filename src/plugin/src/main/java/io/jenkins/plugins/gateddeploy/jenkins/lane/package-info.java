/**
 * Waiting in lanes without a thread: who hears that it is their turn, or that they were taken out. What a lane is, and
 * whose turn it is, the engine says.
 */
package io.jenkins.plugins.gateddeploy.jenkins.lane;
