/**
 * Commits that people went back from, or that went back by themselves while they were watched. Nothing that starts by itself puts such a commit back until a newer one comes or
 * a person lifts the pin. Values, one rule on them, and the port {@link io.jenkins.plugins.gateddeploy.pin.Pins} that
 * keeps them; hosts ask {@link io.jenkins.plugins.gateddeploy.pin.PinRule} before they let something start by itself.
 */
package io.jenkins.plugins.gateddeploy.pin;
