package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known when somebody wishes that a gate opens without people.
 *
 * @param build how the build that asks stands; empty when the host knows of none
 * @param tests how its tests ended; empty when the host knows of none
 * @param problems what checks found
 * @param message the commit's message, or its first line; may be empty
 * @param clauses what the registration, the new commit and the current release ask for
 */
public record Facts(
        Optional<Outcome> build,
        Optional<Outcome> tests,
        List<Problem> problems,
        String message,
        List<Clause> clauses) {

    /**
     * How something ended, or stands.
     *
     * @param good whether nothing stands against going on
     * @param words as people read it, without a full stop: {@code the build is UNSTABLE so far}
     */
    public record Outcome(boolean good, String words) {
        public Outcome {
            Objects.requireNonNull(words, "words");
        }
    }

    public Facts {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(tests, "tests");
        Objects.requireNonNull(message, "message");
        problems = List.copyOf(problems);
        clauses = List.copyOf(clauses);
    }
}
