package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.command.Ending;
import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.config.OnFailure;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The end of a deployment on its targets: the journal and {@code releases.jsonl} say how it ended, old releases go, the
 * lock is given back.
 *
 * @param work the deployment
 * @param states what was there before
 * @param tasks those of the deployment
 */
record Closing(Work work, Map<Target, TargetState> states, Tasks tasks) {

    /** The new release is for good: those that it makes too many are pruned. */
    Map<Target, Outcome> succeed(About about, DeploymentRecord record) throws InterruptedException {
        String line = CanonicalJson.write(entry(about, record, State.SUCCEEDED));
        return work.persistently(
                work.targets(),
                t -> work.commands()
                        .end(new Ending(
                                State.SUCCEEDED.name(), line, prunable(states.get(t), about.release()), List.of())));
    }

    /** It did not become current: if it was new, it goes. */
    Map<Target, Outcome> fail(About about, DeploymentRecord record, State state) throws InterruptedException {
        String line = CanonicalJson.write(entry(about, record, state));
        boolean keep = work.configuration().onFailure() == OnFailure.STOP;
        List<String> discard = record.kind() == Kind.DEPLOY && !keep ? List.of(about.release()) : List.of();
        return work.persistently(
                work.targets(),
                t -> work.commands().end(new Ending(state.name(), line, broughtBack(about, record, t), discard)));
    }

    /** An old release that had been pruned here may be there in part now; what is known of it stays. */
    private List<String> broughtBack(About about, DeploymentRecord record, Target target) {
        boolean wasThere = states.get(target).releases().containsKey(about.release());
        return record.kind() == Kind.ROLLBACK && !wasThere ? List.of(about.release()) : List.of();
    }

    private Entry entry(About about, DeploymentRecord record, State state) {
        return new Entry(
                record.id(),
                record.number(),
                record.kind(),
                about.release(),
                about.commit(),
                about.tag(),
                about.subject(),
                record.actor(),
                record.owner().host(),
                work.ports().clock().instant(),
                state.name(),
                trail(),
                record.reason(),
                tasks.takenBack().told());
    }

    /** The targets must not suffer for a history that cannot be read: then they are told of no entry. */
    private String trail() {
        try {
            return work.ports().history().audit().head().text();
        } catch (HistoryException e) {
            work.log().say("The newest entry of the audit trail is not noted on the targets: " + e.getMessage());
            return null;
        }
    }

    /**
     * What keep leaves no room for, oldest first. Releases that nobody here made stay, whatever their number; so does
     * what was current until now.
     */
    private List<String> prunable(TargetState state, String current) {
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        state.releases().forEach((release, standing) -> {
            if (release.equals(current) || release.equals(state.currentRelease())) {
                return;
            }
            switch (standing) {
                case SUCCEEDED -> good.add(release);
                case UNPROVEN -> bad.add(release);
                case FOREIGN -> {
                    // Not ours to remove.
                }
            }
        });
        boolean newcomer =
                !state.currentRelease().isEmpty() && !state.currentRelease().equals(current);
        int room = Math.max(0, work.configuration().release().keep() - (newcomer ? 1 : 0));
        List<String> prune = new ArrayList<>(bad);
        prune.addAll(good.subList(0, Math.max(0, good.size() - room)));
        return prune;
    }

    /**
     * {@return what each target ended with}
     *
     * @param ended the outcomes of the end
     * @param failures what happened before, by target
     */
    List<TargetOutcome> outcomes(Map<Target, Outcome> ended, Map<Target, String> failures) {
        List<TargetOutcome> outcomes = new ArrayList<>();
        Map<Target, String> current = new LinkedHashMap<>();
        ended.forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Exited exited) {
                exited.stdout()
                        .lines()
                        .filter(line -> line.startsWith("current "))
                        .forEach(line -> current.put(
                                target, line.substring("current ".length()).strip()));
            }
        });
        for (Target target : work.targets()) {
            Outcome outcome = ended.get(target);
            String message = failures.getOrDefault(target, "");
            if (outcome != null && !outcome.ok()) {
                message = message.isEmpty() ? outcome.describe() : message + "; at the end: " + outcome.describe();
            }
            outcomes.add(new TargetOutcome(target.name(), current.getOrDefault(target, ""), message));
        }
        return outcomes;
    }
}
