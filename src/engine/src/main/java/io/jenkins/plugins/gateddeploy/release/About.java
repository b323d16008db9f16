package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Approval;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.ReleaseSettings;
import io.jenkins.plugins.gateddeploy.config.Task;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a release is and what it was made with, kept beside it on each target as JSON, so that it can be made current
 * again whatever the configuration says by then. Secrets are in it by their ids only.
 *
 * @param release its id
 * @param app the application
 * @param environment where it was made
 * @param commit full commit or content digest
 * @param ref as the user named it
 * @param tag empty when there is none
 * @param subject first line of the commit message
 * @param author of the commit
 * @param configuration digest of the configuration it was made with
 * @param tasks all of them, in order
 * @param variables for the tasks
 * @param shared what was linked into it
 * @param approval who had to approve, by that configuration; what comes next needs them too
 * @param skipped names of tasks that were left out when it was deployed, sorted; null in what older versions wrote
 */
public record About(
        String release,
        String app,
        String environment,
        String commit,
        String ref,
        String tag,
        String subject,
        String author,
        String configuration,
        List<Task> tasks,
        SortedMap<String, Variable> variables,
        List<ReleaseSettings.Shared> shared,
        Optional<Approval> approval,
        List<String> skipped) {

    public About {
        skipped = skipped == null ? List.of() : List.copyOf(skipped);
    }

    static About of(ReleaseId id, Revision revision, Configuration configuration) {
        return new About(
                id.value(),
                configuration.app(),
                configuration.environment(),
                revision.id(),
                revision.ref(),
                revision.tagName().orElse(""),
                revision.subject(),
                revision.author(),
                configuration.digest(),
                configuration.tasks(),
                configuration.variables(),
                configuration.release().shared(),
                configuration.approval(),
                List.of());
    }

    /** {@return the tasks of one phase, in order} */
    List<Task> tasks(Task.Phase phase) {
        return tasks.stream().filter(t -> t.at() == phase).toList();
    }

    /** {@return the same without the tasks that run on one target only} */
    About withoutOnce() {
        return with(tasks.stream().filter(t -> !t.once()).toList(), skipped);
    }

    /** {@return the same, deployed without some of its tasks} Names of tasks that it does not have are passed over. */
    About skipping(Set<String> names) {
        return with(
                tasks,
                tasks.stream().map(Task::name).filter(names::contains).sorted().toList());
    }

    private About with(List<Task> otherTasks, List<String> otherSkipped) {
        return new About(
                release,
                app,
                environment,
                commit,
                ref,
                tag,
                subject,
                author,
                configuration,
                otherTasks,
                variables,
                shared,
                approval,
                otherSkipped);
    }

    /** {@return how people call it: its tag, else the first digits of its commit} */
    public String label() {
        return tag.isEmpty() ? commit.substring(0, Math.min(7, commit.length())) : tag;
    }
}
