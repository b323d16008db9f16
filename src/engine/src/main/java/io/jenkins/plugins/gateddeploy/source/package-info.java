/**
 * What is deployed: a commit of a git repository or a folder of build artifacts, as a list of files with the identity
 * of their content, readable one by one.
 */
package io.jenkins.plugins.gateddeploy.source;
