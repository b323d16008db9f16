package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import java.util.List;
import java.util.Locale;

/**
 * What a plan does, for people who decide on it.
 *
 * @param problems what checks found
 * @param forced what is let pass of it; null for nothing
 * @param current what is current now, by target
 * @param commits what it brings
 * @param files which files differ; null when nothing is current, or nobody knows
 * @param tasks what runs on the targets, in order, and what is left out this time
 */
public record ChangeDocument(
        List<ProblemDocument> problems,
        DeploymentDocument.Forcing forced,
        List<Current> current,
        CommitsDocument commits,
        FilesDocument files,
        List<Step> tasks) {

    /**
     * What is current on a target.
     *
     * @param target its name
     * @param release id of the release; empty when there is none, or it cannot be told
     * @param failure why it cannot be told; empty when it can
     */
    public record Current(String target, String release, String failure) {}

    /**
     * A task.
     *
     * @param name as in deploy.toml
     * @param run command line
     * @param at {@code prepare} (before the switch) or {@code switched} (after it)
     * @param once whether it runs on one target only
     * @param on roles that it is for; empty for every target
     * @param skipped whether it is left out
     */
    public record Step(String name, String run, String at, boolean once, List<String> on, boolean skipped) {
        static Step of(Task task, boolean skipped) {
            return new Step(
                    task.name(),
                    task.run(),
                    task.at().name().toLowerCase(Locale.ROOT),
                    task.once(),
                    task.on().stream().sorted().toList(),
                    skipped);
        }
    }

    /** {@return what a plan does} */
    public static ChangeDocument of(Plan plan) {
        return new ChangeDocument(
                plan.problems().stream()
                        .map(problem -> ProblemDocument.of(problem, plan.judgement()))
                        .toList(),
                plan.forced().isNothing()
                        ? null
                        : new DeploymentDocument.Forcing(
                                plan.forced().ids(), plan.forced().reason()),
                plan.current().stream()
                        .map(c -> new Current(c.target(), c.release(), c.failure()))
                        .toList(),
                CommitsDocument.of(plan.commits()),
                plan.effects().files().map(FilesDocument::of).orElse(null),
                plan.effects().tasks().stream()
                        .map(task -> Step.of(task, plan.effects().skipped().contains(task.name())))
                        .toList());
    }
}
