/** The JSON documents of {@code --json}, as docs/cli.md promises them: field by field, whatever the engine's records do. */
package io.jenkins.plugins.gateddeploy.cli.document;
