/**
 * What starts builds by itself: webhooks of forges, and schedules. It starts jobs; whether a build that was started so
 * may deploy is decided where all deployments are.
 */
package io.jenkins.plugins.gateddeploy.jenkins.trigger;
