/**
 * Windows and freezes: whether a deployment may start at a time, and when one may next. Pure functions on the values that
 * deploy.toml and a registration hold; who waits, and how, is for the hosts.
 */
package io.jenkins.plugins.gateddeploy.window;
