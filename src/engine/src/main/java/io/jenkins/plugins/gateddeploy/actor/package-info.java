/** Who is acting. The host (Jenkins, the CLI) says so; the engine only records it and compares it. */
package io.jenkins.plugins.gateddeploy.actor;
