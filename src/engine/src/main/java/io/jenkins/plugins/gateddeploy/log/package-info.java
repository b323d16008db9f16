/** Where lines that people read go while a deployment runs, and how secrets are kept out of them. */
package io.jenkins.plugins.gateddeploy.log;
