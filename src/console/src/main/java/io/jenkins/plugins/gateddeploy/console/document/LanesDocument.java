package io.jenkins.plugins.gateddeploy.console.document;

import java.util.List;

/**
 * Where deployments wait for one another.
 *
 * @param lanes by application and environment
 */
public record LanesDocument(List<LaneDocument> lanes) {}
