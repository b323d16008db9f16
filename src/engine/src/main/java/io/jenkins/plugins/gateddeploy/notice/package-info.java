/**
 * What people are told while nobody looks at a page: that a gate waits for them, and what became of it. What there is to
 * tell is derived from what is recorded anyway, so nothing is lost when a process dies between an event and its mail; what
 * was told is kept in the {@link io.jenkins.plugins.gateddeploy.notice.Outbox}. A further way to tell is one more
 * {@link io.jenkins.plugins.gateddeploy.notice.Channel}. Only hosts enter here: whoever opens or decides a gate waits
 * for nobody to be told.
 */
package io.jenkins.plugins.gateddeploy.notice;
