package io.jenkins.plugins.gateddeploy.console.document;

import java.util.List;

/**
 * Gates.
 *
 * @param gates the one opened last first
 */
public record GatesDocument(List<GateDocument> gates) {}
