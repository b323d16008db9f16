package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Target;

/**
 * A command that a run would execute.
 *
 * @param target where
 * @param command what
 * @param input what it would read, in words; empty for nothing
 */
public record Rehearsed(Target target, Command command, String input) {}
