package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.time.Instant;

/** An order cannot be carried out yet: its environment is closed, and opens later. Its deployment is held by then. */
public final class MustWait extends AbortException {
    private static final long serialVersionUID = 1;

    private final Instant opens;
    private final String sentence;

    MustWait(String environment, Closed closed) {
        super(closed.problem(environment).oneLine());
        opens = closed.opens().orElseThrow();
        sentence = closed.waiting(environment);
    }

    /** {@return when it opens} */
    public Instant opens() {
        return opens;
    }

    /** {@return what is said while it waits} */
    public String sentence() {
        return sentence;
    }
}
