/**
 * Who may do what in this Jenkins: the permissions, and the environments that administrators and those who configure
 * folders have registered. Whoever wants to deploy, roll back or approve asks {@link
 * io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations}; the decision itself is the engine's.
 */
package io.jenkins.plugins.gateddeploy.jenkins.registration;
