package io.jenkins.plugins.gateddeploy.jenkins.order;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/**
 * What a person asks for on a page: a version, and how it is deployed. Holds no secret.
 *
 * @param ref branch, tag or commit
 * @param config path of deploy.toml in that version
 * @param targets names of the only targets to work on; empty for all
 * @param skip names of tasks to leave out
 * @param force whether to go on in spite of all problems that may be forced
 * @param reason why; may be empty
 * @param emergency why it goes past windows and freezes; empty to keep to them
 * @param branch what the person had named before it was one commit; by that a newer one makes an older one pointless,
 *     where the environment says so. Empty for the version itself
 */
public record Wish(
        String ref,
        String config,
        List<String> targets,
        List<String> skip,
        boolean force,
        String reason,
        String emergency,
        String branch)
        implements Errand.Purpose {
    public Wish {
        ref = Objects.requireNonNull(ref, "ref").strip();
        config = Objects.requireNonNull(config, "config").strip();
        reason = Objects.requireNonNull(reason, "reason").strip();
        emergency = Objects.requireNonNull(emergency, "emergency").strip();
        String named = Objects.requireNonNull(branch, "branch").strip();
        branch = named.isEmpty() ? ref : named;
        targets = List.copyOf(targets);
        skip = List.copyOf(skip);
    }

    /** {@return the same for one commit, wherever a branch moves meanwhile} */
    Wish of(String commit) {
        return new Wish(commit, config, targets, skip, force, reason, emergency, branch);
    }

    Manner manner() {
        return new Manner(false, force, List.of(), reason).inEmergency(emergency);
    }

    Set<String> skipped() {
        return Set.copyOf(skip);
    }

    @Override
    public String written() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("ref", ref);
        properties.setProperty("config", config);
        properties.setProperty("targets", String.join("\n", targets));
        properties.setProperty("skip", String.join("\n", skip));
        properties.setProperty("force", String.valueOf(force));
        properties.setProperty("reason", reason);
        properties.setProperty("emergency", emergency);
        properties.setProperty("branch", branch);
        return Errand.text(properties);
    }

    /** {@return what {@link #written} wrote} */
    static Wish read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        return new Wish(
                properties.getProperty("ref", ""),
                properties.getProperty("config", ""),
                properties.getProperty("targets", "").lines().toList(),
                properties.getProperty("skip", "").lines().toList(),
                Boolean.parseBoolean(properties.getProperty("force")),
                properties.getProperty("reason", ""),
                properties.getProperty("emergency", ""),
                properties.getProperty("branch", ""));
    }
}
