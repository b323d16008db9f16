/**
 * What a check, a parser or a look at a target found wrong, in one shape: an id, one sentence, how to mend it.
 *
 * <p>Everything may depend on this package; it depends on nothing.
 */
package io.jenkins.plugins.gateddeploy.problem;
