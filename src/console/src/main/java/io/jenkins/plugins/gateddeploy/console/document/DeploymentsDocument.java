package io.jenkins.plugins.gateddeploy.console.document;

import java.util.List;

/**
 * A page of the list of deployments.
 *
 * @param deployments newest first
 * @param next what to give as {@code before} for the next page; null on the last
 */
public record DeploymentsDocument(List<DeploymentDocument> deployments, String next) {}
