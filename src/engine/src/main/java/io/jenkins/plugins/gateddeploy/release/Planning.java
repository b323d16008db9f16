package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.plan.Commit;
import io.jenkins.plugins.gateddeploy.plan.Commits;
import io.jenkins.plugins.gateddeploy.plan.Effects;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.source.ChangedFiles;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the plan for one version.
 *
 * @param configuration of the environment, as the version has it
 * @param revision the version
 * @param host what the host asks for by itself
 * @param skip names of tasks that are left out
 */
record Planning(Configuration configuration, Revision revision, List<Clause> host, Set<String> skip) {
    /** Far more than one deployment brings; git lists so many in well under a second. */
    private static final int MOST_COMMITS = 10_000;

    /** {@return what everybody asks for who has a say: the host, the version, and what it replaces} */
    List<Clause> rules(Collection<TargetState> states) {
        List<Clause> rules = new ArrayList<>(host);
        configuration.approval().ifPresent(a -> rules.add(Clause.of(a, Clause.Source.COMMIT)));
        states.stream()
                .flatMap(s -> s.currentAbout().stream())
                .flatMap(about -> about.approval().stream())
                .forEach(a -> rules.add(Clause.of(a, Clause.Source.CURRENT_RELEASE)));
        return rules.stream().distinct().toList();
    }

    /**
     * {@return the plan as it is now}
     *
     * @param repository has the commits; null when there is none
     * @param verdict waits for what the checks say
     */
    Plan plan(Looked looked, GitSource repository, Verdict verdict) throws ProblemException, InterruptedException {
        Commits commits = commits(looked, repository);
        Effects effects = new Effects(files(looked, repository), configuration.tasks(), List.copyOf(skip));
        return plan(looked, commits, effects, verdict.judgement());
    }

    /** What the checks say, asked for when everything else is known, since they run meanwhile. */
    @FunctionalInterface
    interface Verdict {
        Judgement judgement() throws InterruptedException;
    }

    /** {@return the digest of the plan as it is now, without asking git which commits it brings} */
    String digest(Map<Target, TargetState> states, Judgement judgement) {
        return plan(new Looked(states, Map.of()), Commits.of(List.of(), false), Effects.unknown(skip), judgement)
                .digest();
    }

    private Plan plan(Looked looked, Commits commits, Effects effects, Judgement judgement) {
        return new Plan(
                configuration.app(),
                configuration.environment(),
                Commit.of(revision),
                revision.ref(),
                revision.tagName().orElse(""),
                configuration.digest(),
                judgement.problems(),
                judgement.forced(),
                current(looked),
                commits,
                rules(looked.states().values()),
                effects);
    }

    private static List<Plan.Current> current(Looked looked) {
        List<Plan.Current> current = new ArrayList<>();
        looked.states()
                .forEach((target, state) -> current.add(new Plan.Current(
                        target.name(),
                        state.currentRelease(),
                        state.currentAbout().map(About::commit).orElse(""),
                        "")));
        looked.failures().forEach((target, failure) -> current.add(new Plan.Current(target.name(), "", "", failure)));
        return current;
    }

    private Commits commits(Looked looked, GitSource repository) throws ProblemException, InterruptedException {
        Commit coming = Commit.of(revision);
        if (!revision.isCommit()) {
            return Commits.of(List.of(coming), false);
        }
        boolean complete = looked.failures().isEmpty();
        Map<String, Commit> all = new LinkedHashMap<>();
        all.put(coming.id(), coming);
        for (String from : currentCommits(looked)) {
            Optional<List<Revision>> news = repository == null || from.length() != 40
                    ? Optional.empty()
                    : repository.between(from, revision.id(), MOST_COMMITS + 1);
            complete &= news.isPresent() && news.get().size() <= MOST_COMMITS;
            news.ifPresent(revisions -> revisions.forEach(r -> all.putIfAbsent(r.id(), Commit.of(r))));
        }
        return Commits.of(List.copyOf(all.values()), complete);
    }

    /** {@return in which files the version differs from what is current anywhere} */
    private Optional<ChangedFiles> files(Looked looked, GitSource repository)
            throws ProblemException, InterruptedException {
        if (repository == null || !revision.isCommit()) {
            return Optional.empty();
        }
        boolean complete = looked.failures().isEmpty();
        ChangedFiles all = null;
        for (String from : currentCommits(looked)) {
            Optional<ChangedFiles> changed = repository.changed(from, revision.id(), Effects.MOST_FILES);
            complete &= changed.isPresent();
            if (changed.isPresent()) {
                all = all == null ? changed.get() : all.or(changed.get(), Effects.MOST_FILES);
            }
        }
        return Optional.ofNullable(all == null || complete ? all : all.incomplete());
    }

    /** A release that another tool made has no commit that we know; its text is then no commit's name. */
    private static Collection<String> currentCommits(Looked looked) {
        TreeSet<String> commits = new TreeSet<>();
        for (TargetState state : looked.states().values()) {
            if (!state.currentRelease().isEmpty()) {
                commits.add(state.currentAbout().map(About::commit).orElse(""));
            }
        }
        return commits;
    }
}
