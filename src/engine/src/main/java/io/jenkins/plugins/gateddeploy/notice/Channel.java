package io.jenkins.plugins.gateddeploy.notice;

/**
 * A way to tell people something. Called by one thread at a time, which it may hold for some seconds but not for ever: a
 * server that does not answer is given up.
 */
public interface Channel {

    /** {@return by what the outbox knows it: {@code mail}; stays the same as long as it is the same way} */
    String name();

    /**
     * Tells people.
     *
     * @throws Undelivered when that did not succeed; nobody was told then, as far as can be known
     * @throws InterruptedException when the host ends
     */
    void deliver(Notice notice) throws Undelivered, InterruptedException;
}
