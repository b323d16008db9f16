/**
 * How fast the product is beside what people use instead, measured in one run on one machine. A program, not a test:
 * {@code src/cli/src/benchmark/run} starts it. Every run is checked: what counts is only a deployment that took place.
 */
package io.jenkins.plugins.gateddeploy.benchmark;
