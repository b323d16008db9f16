/**
 * A plan's wait for people: who may approve, how many must, until when, and what they said. Pure values, and the port
 * through which a host keeps them; whoever deploys asks here whether a gate is open.
 */
package io.jenkins.plugins.gateddeploy.gate;
