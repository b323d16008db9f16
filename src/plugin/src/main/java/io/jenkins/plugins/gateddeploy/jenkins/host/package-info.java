/**
 * This Jenkins as a host of the engine: where it keeps things, whose credentials it uses, who is acting. The other rooms
 * of the plugin come here for the engine's ports.
 */
package io.jenkins.plugins.gateddeploy.jenkins.host;
