package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Health;
import io.jenkins.plugins.gateddeploy.config.Requirements;
import io.jenkins.plugins.gateddeploy.config.SourceSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The programs that deployments of an environment call on a target.
 *
 * @param all that must be there
 * @param oneOf of these, one must be; may be empty
 * @param asked programs that the environment or its recipe asks for; PHP where its extensions are asked for
 * @param extensions of PHP that the environment or its recipe asks for
 */
record Needs(List<String> all, List<String> oneOf, List<String> asked, List<String> extensions) {
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

    /**
     * @param coming whether a new version comes: what was current before has its files and was prepared with what there
     *     was
     */
    static Needs of(Configuration configuration, boolean coming) {
        List<String> all = new ArrayList<>(ALWAYS);
        List<String> oneOf = List.of();
        Requirements requires = configuration.checks().requires();
        if (coming && fetches(configuration)) {
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
        return coming
                ? new Needs(List.copyOf(all), oneOf, asked(requires), requires.phpExtensions())
                : new Needs(List.copyOf(all), oneOf, List.of(), List.of());
    }

    /** {@return whether the target fetches from git itself, so that it has to be able to} */
    static boolean fetches(Configuration configuration) {
        return configuration.source().mode() == SourceSettings.Mode.PULL;
    }

    /** {@return all that are looked for} */
    List<String> programs() {
        List<String> programs = new ArrayList<>(all);
        programs.addAll(oneOf);
        return programs;
    }

    private static List<String> asked(Requirements requires) {
        Set<String> programs = new LinkedHashSet<>(requires.commands());
        if (!requires.phpExtensions().isEmpty()) {
            programs.add("php");
        }
        return List.copyOf(programs);
    }
}
