package io.jenkins.plugins.gateddeploy.console.document;

/**
 * Something that people look at before they decide.
 *
 * @param name as people read it
 * @param href where it is
 * @param download whether it is to be kept as a file rather than opened
 * @param note why it does not open, one sentence; empty when it does
 */
public record EvidenceDocument(String name, String href, boolean download, String note) {}
