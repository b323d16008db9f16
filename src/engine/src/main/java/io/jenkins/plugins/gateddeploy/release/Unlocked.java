package io.jenkins.plugins.gateddeploy.release;

/**
 * How an unlocking ended.
 *
 * @param done whether no lock is left
 * @param message why not, or what was found
 * @param held whether it was refused because the holder may be alive
 */
public record Unlocked(boolean done, String message, boolean held) {}
