/**
 * The console for one person on this machine: a web server on loopback, who may come in, the frame around the pages, and
 * this machine as the console's host.
 */
package io.jenkins.plugins.gateddeploy.cli.serve;
