/**
 * What a check, a parser or a look at a target found wrong, in one shape: an id, one sentence, how to mend it; and what
 * somebody let pass of it.
 *
 * <p>Everything may depend on this package; it depends on nothing.
 */
package io.jenkins.plugins.gateddeploy.problem;
