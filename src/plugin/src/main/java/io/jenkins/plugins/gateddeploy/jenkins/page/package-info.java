/**
 * What people see of deployments on the pages of Jenkins: frames for the pages of the console, and the adapter between
 * Jenkins' web server and the console's API.
 */
package io.jenkins.plugins.gateddeploy.jenkins.page;
