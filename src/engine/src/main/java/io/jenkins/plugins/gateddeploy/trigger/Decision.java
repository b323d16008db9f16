package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.util.Objects;

/** Whether something that nobody asked for in person is deployed. */
public sealed interface Decision {

    /** Nothing stands against it. */
    record Start() implements Decision {}

    /**
     * It is not meant to be deployed there, which is no failure.
     *
     * @param why one sentence
     */
    record Skip(String why) implements Decision {
        public Skip {
            Objects.requireNonNull(why, "why");
        }
    }

    /**
     * It was meant to be deployed, and somebody has to look at the environment first.
     *
     * @param problem why, and what to do
     */
    record Refuse(Problem problem) implements Decision {
        public Refuse {
            Objects.requireNonNull(problem, "problem");
        }
    }
}
