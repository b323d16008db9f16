package io.jenkins.plugins.gateddeploy.command;

/**
 * What a deployment tells the journal before it changes anything.
 *
 * @param release the release that it will make current
 * @param previous what {@code current} points at until then; empty for nothing
 * @param kind {@code DEPLOY} or {@code ROLLBACK}: whether the release is new, and so goes again when it fails
 */
public record Beginning(String release, String previous, String kind) {}
