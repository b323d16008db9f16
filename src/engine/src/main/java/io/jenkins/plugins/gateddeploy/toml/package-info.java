/** Reading TOML, whatever the text. */
package io.jenkins.plugins.gateddeploy.toml;
