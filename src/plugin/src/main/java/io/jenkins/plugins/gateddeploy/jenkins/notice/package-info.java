/**
 * Tells people what happens at gates: when it is looked, to whom and where to, as administrators have said. What there
 * is to tell, and what was told, is the engine's business.
 */
package io.jenkins.plugins.gateddeploy.jenkins.notice;
