/**
 * What is said to a target, as values: shell scripts with every argument quoted by one function. Building them and
 * running them are different rooms; nothing here connects anywhere.
 *
 * <p>The scripts themselves are files beside this package ({@code lock.sh}, {@code switch.sh} …), in the words of the
 * design, for {@code sh} (dash, bash or busybox) and coreutils.
 */
package io.jenkins.plugins.gateddeploy.command;
