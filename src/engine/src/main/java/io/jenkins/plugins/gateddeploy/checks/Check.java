package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One look before an environment is touched. It changes nothing, neither here nor on a target, and may run at the same
 * time as any other.
 */
public interface Check {

    /** {@return what is looked at, for people, such as {@code shopify.app.toml} or {@code the data's schema}} */
    String about();

    /** {@return how long it may take; after that it has not been carried out, which is a problem of its own} */
    default Duration timeout() {
        return Duration.ofSeconds(30);
    }

    /**
     * {@return what it means that it has not been carried out in its time}
     *
     * @param time that time, for people: {@code 30 s}
     */
    default Problem late(String time) {
        return Problem.error(
                Checks.FAILED,
                "The check of " + about() + " did not end within " + time + ".",
                "Find out what it waits for; until then nobody knows whether all is well.");
    }

    /**
     * {@return what it asks of targets first, in exactly these words; may be empty} All checks' first questions go to a
     * target together, for asking takes longer than answering.
     */
    default Map<Target, Command> questions() {
        return Map.of();
    }

    /**
     * {@return what is wrong, in the order people should read it; empty when all is well}
     *
     * @throws ProblemException when it cannot be carried out, with what to do about that
     * @throws IOException when it cannot be carried out because something cannot be read
     * @throws InterruptedException when its time is over
     */
    List<Problem> find() throws ProblemException, IOException, InterruptedException;
}
