/** A whole fleet in one process, to see what the command does before there is a server. */
package io.jenkins.plugins.gateddeploy.cli.demo;
