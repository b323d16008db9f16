package io.jenkins.plugins.gateddeploy.console;

import java.util.Optional;

/** Why somebody does something, in their words. */
final class Reason {
    private static final int LONGEST = 1000;

    private Reason() {}

    /**
     * {@return what a request says, without white space around it; empty when it says nothing} Too much of it ends the
     * request with a 400.
     *
     * @param said may be null
     */
    static String of(String said) {
        String reason = Optional.ofNullable(said).orElse("").strip();
        if (reason.length() > LONGEST) {
            throw ProblemReport.badRequest(
                            "A reason has at most " + LONGEST + " characters, not " + reason.length() + ".")
                    .refusal();
        }
        return reason;
    }
}
