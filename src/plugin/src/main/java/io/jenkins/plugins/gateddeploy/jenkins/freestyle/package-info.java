/**
 * The build steps of freestyle jobs. Each keeps the parameters of the Pipeline step that does the same, shows its form,
 * and gives its order while the build holds its executor.
 */
package io.jenkins.plugins.gateddeploy.jenkins.freestyle;
