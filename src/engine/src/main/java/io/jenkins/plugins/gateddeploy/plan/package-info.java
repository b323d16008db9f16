/**
 * What is about to happen, before anything is changed: what comes, what it replaces, what was found wrong, and who has
 * to agree. Values only; {@code release} makes them, hosts keep and show them, and decisions bind to their digest.
 */
package io.jenkins.plugins.gateddeploy.plan;
