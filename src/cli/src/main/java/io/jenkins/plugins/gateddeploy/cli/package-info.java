/**
 * The {@code gated-deploy} command: one class a subcommand, each short, as every decision about a deployment is the
 * engine's. What people see on a terminal is in {@code terminal}, what machines read in {@code document}, what the
 * engine needs of this machine in {@code host}.
 */
package io.jenkins.plugins.gateddeploy.cli;
