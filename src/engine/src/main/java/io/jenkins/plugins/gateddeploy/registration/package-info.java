/**
 * Registered environments: who may deploy what from where, as the people who look after the host have said it. Pure
 * values and one decision on them; hosts keep the registrations and ask here. deploy.toml has no say in it, because it
 * comes with the very commit that is to be deployed.
 */
package io.jenkins.plugins.gateddeploy.registration;
