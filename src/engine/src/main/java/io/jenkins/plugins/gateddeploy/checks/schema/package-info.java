/**
 * Whether a version would lose data that is in production, or change its shape so that what is there no longer fits:
 * {@code schema.data-loss} and {@code schema.unsafe}.
 *
 * <p>A {@link io.jenkins.plugins.gateddeploy.checks.schema.SchemaFormat} reads two versions of a schema and says what
 * changed, each as a {@link io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange}; what that means for the data is
 * the same for every format. {@link io.jenkins.plugins.gateddeploy.checks.schema.SchemaChecks} is the way in.
 */
package io.jenkins.plugins.gateddeploy.checks.schema;
