package io.jenkins.plugins.gateddeploy.jenkins.agent;

import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.Serializable;

/**
 * What an agent must know to connect to servers. It travels with every call, so that an agent that lost it needs no
 * other word; its secrets are in the agent's memory only.
 *
 * @param access the servers and how to log in
 * @param knownHosts the keys of known hosts, as in a known_hosts file
 */
record Opening(Targets.Access access, String knownHosts) implements Serializable {}
