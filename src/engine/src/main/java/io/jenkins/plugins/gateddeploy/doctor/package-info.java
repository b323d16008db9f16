/**
 * Looks whether an environment can be deployed to, before anybody deploys to it: each target is asked for facts, the
 * facts are judged, and each trouble comes with its mend. Changes nothing, takes no lock.
 */
package io.jenkins.plugins.gateddeploy.doctor;
