/** What the console answers, as docs/console-api.md describes it. A document is data; nothing in it is markup. */
package io.jenkins.plugins.gateddeploy.console.document;
