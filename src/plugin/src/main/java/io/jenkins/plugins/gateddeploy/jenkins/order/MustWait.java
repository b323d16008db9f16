package io.jenkins.plugins.gateddeploy.jenkins.order;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.window.Closed;
import java.time.Instant;
import java.util.List;

/** An order cannot be carried out yet: its environment is closed, and opens later. Its deployment is held by then. */
public final class MustWait extends ProblemException {
    private static final long serialVersionUID = 1;

    private final Instant opens;
    private final String sentence;

    MustWait(String environment, Closed closed) {
        super(List.of(closed.problem(environment)));
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
