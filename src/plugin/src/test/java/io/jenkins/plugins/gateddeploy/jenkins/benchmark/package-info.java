/**
 * What the plugin costs beside the engine alone and beside what Jenkins has without it, measured in one run in a real
 * Jenkins. A program, not a test: {@code src/plugin/src/benchmark/run} starts it.
 */
package io.jenkins.plugins.gateddeploy.jenkins.benchmark;
