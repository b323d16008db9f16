package io.jenkins.plugins.gateddeploy.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.gate.Facts;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is about to happen. {@link CanonicalJson} writes and reads it.
 *
 * @param app application
 * @param environment environment
 * @param coming the version to come
 * @param ref as the user named it
 * @param tag a tag of that commit; empty when there is none
 * @param configuration digest of the environment's effective configuration
 * @param problems what checks found
 * @param forced which of them are let pass, and why; null in what an older version wrote, and then nothing
 * @param current what is on each target, in the order of the environment
 * @param commits what the version brings
 * @param rules what the host, the commit and the current release ask for before it may happen; empty when nobody asks
 * @param effects what carrying it out changes; null in what an older version wrote, and then unknown
 */
public record Plan(
        String app,
        String environment,
        Commit coming,
        String ref,
        String tag,
        String configuration,
        List<Problem> problems,
        Forced forced,
        List<Current> current,
        Commits commits,
        List<Clause> rules,
        Effects effects) {

    /**
     * What is current on one target.
     *
     * @param target its name
     * @param release id of the release; empty when there is none, or it cannot be told
     * @param commit commit or content digest of the release; empty when nobody knows
     * @param failure why nothing can be told; empty when it can
     */
    public record Current(String target, String release, String commit, String failure) {}

    public Plan {
        Objects.requireNonNull(app, "app");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(coming, "coming");
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(commits, "commits");
        problems = List.copyOf(problems);
        forced = forced == null ? Forced.nothing() : forced;
        current = List.copyOf(current);
        rules = List.copyOf(rules);
        effects = effects == null ? Effects.unknown() : effects;
    }

    /** {@return the same, that leaves out these tasks and no others} */
    public Plan leavingOut(List<String> tasks) {
        return new Plan(
                app,
                environment,
                coming,
                ref,
                tag,
                configuration,
                problems,
                forced,
                current,
                commits,
                rules,
                new Effects(effects.files(), effects.tasks(), tasks));
    }

    /** {@return whether people have to agree before it may happen} */
    public boolean needsGate() {
        return !rules.isEmpty();
    }

    /**
     * {@return what is known for a gate that may open by itself}
     *
     * @param build how the build that asks stands; empty when there is none
     * @param tests how its tests ended; empty when none are known of
     */
    public Facts facts(Optional<Facts.Outcome> build, Optional<Facts.Outcome> tests) {
        return new Facts(build, tests, problems, coming.subject(), rules);
    }

    /**
     * {@return under which conditions the gate of this plan opens} Where somebody may have written a part whom nobody
     * knows, one person more has to look.
     *
     * @param more what is asked for beside the plan's own rules
     * @param authors user ids of those of the commits' people whom the host knows
     * @param strangers whether the host does not know them all
     */
    public Rules gate(List<Clause> more, Set<String> authors, boolean strangers) {
        List<Clause> clauses = new ArrayList<>(rules);
        clauses.addAll(more);
        return new Rules(clauses, authors, strangers || !commits.complete() ? 1 : 0);
    }

    /** {@return what was found, and what of it is let pass: whether it may happen at all} */
    public Judgement judgement() {
        return new Judgement(problems, forced);
    }

    /** {@return the version for people: {@code v1.2.0 (a1b2c3d) "Sort by price"}} */
    public String revision() {
        String digits = coming.id().substring(0, Math.min(7, coming.id().length()));
        String name = tag.isEmpty() ? ref : tag;
        String called = name.isEmpty() || coming.id().startsWith(name) ? digits : name + " (" + digits + ")";
        return coming.subject().isEmpty() ? called : called + " \"" + coming.subject() + "\"";
    }

    /**
     * {@return the SHA-256, as 64 hex digits, of what a decision on this plan binds to: application, environment,
     * version, configuration, rules, the ids of the errors, and which tasks are left out} What may differ each time it is looked at (what is
     * current, how the version was named, warnings) is no part of it.
     */
    public String digest() {
        try {
            byte[] json = CanonicalJson.write(Binding.of(this)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** In an order of its own, so that the order in which something was found does not matter. */
    private record Binding(
            String app,
            String environment,
            String version,
            String configuration,
            List<Clause> rules,
            List<String> problems,
            // What leaves nothing out has the digest that it had before there was such a thing.
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped) {
        static Binding of(Plan plan) {
            return new Binding(
                    plan.app,
                    plan.environment,
                    plan.coming.id(),
                    plan.configuration,
                    plan.rules.stream()
                            .distinct()
                            .sorted(Comparator.comparing(CanonicalJson::write))
                            .toList(),
                    plan.problems.stream()
                            .filter(p -> p.severity() == Severity.ERROR)
                            .map(Problem::id)
                            .distinct()
                            .sorted()
                            .toList(),
                    plan.effects.skipped());
        }
    }
}
