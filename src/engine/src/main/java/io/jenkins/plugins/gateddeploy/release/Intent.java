package io.jenkins.plugins.gateddeploy.release;

import java.util.Set;

/**
 * What a deployment is to do.
 *
 * @param preparation how the release comes to be
 * @param skipped names of tasks that are left out
 * @param verification the checks, begun
 */
record Intent(Preparation preparation, Set<String> skipped, Verification verification) {}
