/** This machine as a host of the engine: its home directory, credentials, history and signals. */
package io.jenkins.plugins.gateddeploy.cli.host;
