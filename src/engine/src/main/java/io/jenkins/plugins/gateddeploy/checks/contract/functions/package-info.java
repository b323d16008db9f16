/**
 * Manifests of functions that clients and the application itself call by name, in the shape of <a
 * href="https://docs.convex.dev/cli">Convex's function specification</a> or a shorter one written by hand: what a new version
 * breaks for those who call the old one, and whether it takes calls that are already waiting.
 */
package io.jenkins.plugins.gateddeploy.checks.contract.functions;
