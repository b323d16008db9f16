package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Health;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that deployments of an environment call on a target.
 *
 * @param all that must be there
 * @param oneOf of these, one must be; may be empty
 */
record Needs(List<String> all, List<String> oneOf) {
    private static final List<String> ALWAYS = List.of(
            "sh",
            "mv",
            "tar",
            "find",
            "xargs",
            "setsid",
            "timeout",
            "sha256sum",
            "head",
            "tail",
            "stat",
            "readlink",
            "cp",
            "sed",
            "awk");

    /** @param fetches whether the target fetches from git itself */
    static Needs of(Configuration configuration, boolean fetches) {
        List<String> all = new ArrayList<>(ALWAYS);
        List<String> oneOf = List.of();
        if (fetches) {
            all.add("git");
        }
        Health health = configuration.health().orElse(null);
        if (health != null && health.from() == Health.From.TARGET) {
            if (health.check() instanceof Health.Check.Http) {
                all.add("curl");
            } else if (health.check() instanceof Health.Check.Tcp) {
                oneOf = List.of("nc", "bash");
            }
        }
        return new Needs(List.copyOf(all), oneOf);
    }

    /** {@return all that are looked for} */
    List<String> programs() {
        List<String> programs = new ArrayList<>(all);
        programs.addAll(oneOf);
        return programs;
    }
}
