/**
 * What of an <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI</a> document of 3.0 or 3.1 a new version breaks
 * for the clients of the old one. Documents are compared as trees with their references followed; cycles are fine.
 *
 * <p>A value that clients send must be accepted by the new version whenever it was accepted by the old one; a value that
 * clients read must have been possible in the old version. Both are the same question about two schemas ({@link
 * io.jenkins.plugins.gateddeploy.checks.contract.openapi.Pair}).
 */
package io.jenkins.plugins.gateddeploy.checks.contract.openapi;
