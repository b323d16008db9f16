/**
 * What starts a deployment without anybody asking for it: pushes as forges report them, and whether one is to be deployed
 * to an environment. Values and decisions; hosts listen, keep secrets, and start what is decided here.
 */
package io.jenkins.plugins.gateddeploy.trigger;
