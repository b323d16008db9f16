package io.jenkins.plugins.gateddeploy.checks.contract.functions;

/**
 * Something that can be called by its name.
 *
 * @param name as callers write it, without {@code .js} in it
 * @param kind {@code query}, {@code mutation} …, in lower case; empty when it is not said
 * @param open whether clients may call it, not only the application itself
 * @param arguments an object for named arguments
 * @param returns what callers get
 * @param line where it stands
 */
record Function(String name, String kind, boolean open, Type arguments, Type returns, int line) {}
