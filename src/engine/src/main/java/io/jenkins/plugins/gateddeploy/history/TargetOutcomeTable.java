package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What each target of a deployment ended with. */
final class TargetOutcomeTable {
    private final Handle handle;

    TargetOutcomeTable(Handle handle) {
        this.handle = handle;
    }

    void replace(String deployment, List<TargetOutcome> outcomes) {
        handle.execute("delete from target_outcome where deployment = ?", deployment);
        if (outcomes.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(
                "insert into target_outcome (deployment, target, current_release, message) values (?, ?, ?, ?)")) {
            for (TargetOutcome outcome : outcomes) {
                batch.add(deployment, outcome.target(), outcome.current(), Columns.text(outcome.message()));
            }
            batch.execute();
        }
    }

    /** {@return the outcomes of each of some deployments, by its id, in the order they were given} */
    Map<String, List<TargetOutcome>> of(List<String> deployments) {
        return Children.of(
                handle,
                "select deployment, target, current_release, message from target_outcome",
                deployments,
                row -> new TargetOutcome(row.getString(2), row.getString(3), row.getString(4)));
    }
}
