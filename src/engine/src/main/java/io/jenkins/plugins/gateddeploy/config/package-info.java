/**
 * deploy.toml: read strictly, merged with its recipe and one environment's overrides into the values that a deployment
 * runs with. Everything may read these values; this package reaches for nothing but {@code problem}, {@code target} and
 * its libraries.
 */
package io.jenkins.plugins.gateddeploy.config;
