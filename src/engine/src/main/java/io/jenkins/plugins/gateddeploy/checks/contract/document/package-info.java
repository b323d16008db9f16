/**
 * JSON and YAML as one tree that knows its lines, read within limits, and the references that lead from one place of it
 * to another.
 *
 * <p>The checks of contracts enter here. What a document means is not known here.
 */
package io.jenkins.plugins.gateddeploy.checks.contract.document;
