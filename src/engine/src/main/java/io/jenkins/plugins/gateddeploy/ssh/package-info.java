/**
 * Reaches targets over SSH with Apache MINA SSHD: connections, host keys, running and feeding commands. Only a host
 * (the CLI, Jenkins) makes a {@link io.jenkins.plugins.gateddeploy.ssh.SshConnector}; everything else sees the port
 * {@link io.jenkins.plugins.gateddeploy.target.Targets}.
 */
package io.jenkins.plugins.gateddeploy.ssh;
