/**
 * Whether old clients and calls that are already waiting can live with the version to come.
 *
 * <p>Whoever puts the checks of a deployment together enters by {@link
 * io.jenkins.plugins.gateddeploy.checks.contract.ContractChecks}; the packages below have one kind of contract each.
 */
package io.jenkins.plugins.gateddeploy.checks.contract;
