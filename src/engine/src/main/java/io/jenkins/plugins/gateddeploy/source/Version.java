package io.jenkins.plugins.gateddeploy.source;

/**
 * A version that was found and can be deployed.
 *
 * @param revision which it is
 * @param content its files
 */
public record Version(Revision revision, ContentSource content) {}
