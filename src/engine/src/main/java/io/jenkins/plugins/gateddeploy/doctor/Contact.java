package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;

/** Why a target could not be asked anything. */
final class Contact {
    private Contact() {}

    static Problem problem(Target target, Outcome outcome) {
        String where = target.name() + ": ";
        if (outcome instanceof Outcome.Unreached unreached) {
            String id = switch (unreached.reason()) {
                case HOST_KEY -> "target.host-key";
                case AUTHENTICATION -> "credential.unusable";
                case UNRESOLVED, REFUSED, CONNECT_TIMEOUT, LOST, TIMEOUT -> "target.unreachable";
            };
            return Problem.error(id, where + unreached.message(), unreached.mend());
        }
        return Problem.error(
                "target.shell",
                where + "the login works, but its shell does not run commands as POSIX says: " + outcome.describe()
                        + ".",
                "Give the user a login shell such as /bin/sh, and silence what its start-up files print.");
    }
}
