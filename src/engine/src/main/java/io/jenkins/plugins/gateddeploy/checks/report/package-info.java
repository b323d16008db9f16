/** What checks found, in the formats that other tools read. */
package io.jenkins.plugins.gateddeploy.checks.report;
