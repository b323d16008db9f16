package io.jenkins.plugins.gateddeploy.jenkins.gate;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a build's console says of a gate. */
public final class Sentences {
    private Sentences() {}

    /** {@return that people are asked, who, and until when} */
    public static String waiting(Gate gate) {
        String until = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(gate.deadline());
        return "Waiting for approval of " + what(gate) + " until " + until + ": "
                + gate.needed().stream().map(Gate.Need::words).collect(Collectors.joining("; "))
                + ". Decide on this build's page Deployment.";
    }

    /** {@return how it ended} */
    public static String ending(Gate gate) {
        return gate.closed().map(Gate.Closed::why).orElse("Nobody decided in time.");
    }

    /** {@return why nothing is deployed} */
    public static String failure(Gate gate) {
        return gate.subject().revision() + " was not approved for "
                + gate.subject().environment() + ". " + ending(gate);
    }

    private static String what(Gate gate) {
        return gate.subject().isDeployment()
                ? gate.subject().revision() + " for " + gate.subject().environment()
                : "\"" + gate.subject().revision() + "\"";
    }
}
