package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Looks over the text of a known_hosts file before somebody relies on it. When it is used, bad lines are passed over. */
public final class KnownHostsText {
    private static final Set<String> MARKERS = Set.of("@cert-authority", "@revoked");

    private KnownHostsText() {}

    /** {@return what is wrong with it, line by line; empty when every line means something} */
    public static List<Problem> problems(String text) {
        List<Problem> problems = new ArrayList<>();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            Location at = new Location("known_hosts", i + 1, 0);
            if (!line.isEmpty() && !line.startsWith("#")) {
                problem(line)
                        .ifPresent(message -> problems.add(Problem.error(
                                "known-hosts.line", message, "ssh-keyscan -H HOST prints lines that fit.", at)));
            }
        }
        return problems;
    }

    private static Optional<String> problem(String line) {
        List<String> words = new ArrayList<>(List.of(line.split("[ \t]+", -1)));
        if (words.get(0).startsWith("@") && !MARKERS.contains(words.remove(0))) {
            return Optional.of("The line begins with an unknown marker; @cert-authority and @revoked are known.");
        }
        if (words.size() < 3) {
            return Optional.of("The line should name hosts, a key type and a key in base64.");
        }
        if (words.get(0).startsWith("|") && words.get(0).split("\\|", -1).length != 4) {
            return Optional.of("The hashed name should have the form |1|SALT|HASH.");
        }
        return key(words.get(1), words.get(2));
    }

    private static Optional<String> key(String type, String base64) {
        try {
            PublicKeyEntry entry = PublicKeyEntry.parsePublicKeyEntry(type + " " + base64);
            if (entry == null || entry.resolvePublicKey(null, null, null) == null) {
                return Optional.of("The key type " + type + " is not known.");
            }
            return Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return Optional.of("The key should be of the type " + type + " in base64, but it cannot be read as that.");
        }
    }
}
