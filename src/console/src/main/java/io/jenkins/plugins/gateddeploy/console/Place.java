package io.jenkins.plugins.gateddeploy.console;

/**
 * Where an application runs.
 *
 * @param app application
 * @param environment environment
 */
public record Place(String app, String environment) {}
