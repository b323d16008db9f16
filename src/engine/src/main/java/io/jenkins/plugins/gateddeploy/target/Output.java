package io.jenkins.plugins.gateddeploy.target;

/** Takes the standard output of running commands as it comes. Called by several threads, one at a time for a target. */
@FunctionalInterface
public interface Output {

    /** Takes some bytes, which may end in the middle of a line or character; must not keep the array. */
    void bytes(Target target, byte[] buffer, int offset, int length);
}
