package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The targets of an environment as checks reach them: one connection each, opened at the first use and shared by all
 * checks. Safe for use by several threads.
 */
public interface Remote {

    /** {@return the targets in the order of the environment} */
    List<Target> targets();

    /** {@return an outcome for every target of the argument; a target that cannot be reached is an outcome too} */
    Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;

    /** Says what will be asked, before anything is: it may be asked together. */
    default void foresee(Map<Target, Command> questions) {
        // Whoever asks nobody need not know.
    }

    /** {@return that of an environment whose targets cannot be spoken to, which somebody else has said already} */
    static Remote none() {
        return new Remote() {
            @Override
            public List<Target> targets() {
                return List.of();
            }

            @Override
            public Map<Target, Outcome> run(Map<Target, Command> commands) {
                Map<Target, Outcome> outcomes = new LinkedHashMap<>();
                commands.keySet()
                        .forEach(target -> outcomes.put(
                                target,
                                new Outcome.Unreached(
                                        Outcome.Reason.AUTHENTICATION, "There is no credential to log in with.", "")));
                return outcomes;
            }
        };
    }
}
