/** Text for people: colours, tables, and the display of a deployment that runs. Knows no command. */
package io.jenkins.plugins.gateddeploy.cli.terminal;
