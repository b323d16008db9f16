package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.release.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a deployment ended, in the words of a script. */
final class Outcomes {
    private Outcomes() {}

    /** As {@link #of(Site, DeploymentRecord, String)}. */
    static Map<String, Object> of(Site site, Result result) throws IOException, InterruptedException {
        return of(site, result.record(), result.previous());
    }

    /**
     * {@return what a script reads of a deployment that succeeded} Good or bad, the build remembers it.
     *
     * @param previous release that was current before; empty when that is not known
     * @throws AbortException when it did not, with a message that says what is current on each target
     * @throws InterruptedException when it was cancelled, with such a message
     */
    static Map<String, Object> of(Site site, DeploymentRecord record, String previous)
            throws IOException, InterruptedException {
        DeploymentAction.remember(site.build(), record);
        if (record.state() == State.CANCELLED) {
            throw new InterruptedException(failure(record));
        }
        if (record.state() != State.SUCCEEDED) {
            throw new AbortException(failure(record));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("application", record.app());
        map.put("environment", record.environment());
        map.put("number", record.number());
        map.put("release", record.release());
        map.put("commit", record.commit());
        map.put("tag", record.tag());
        map.put("previous", previous);
        map.put("durationMillis", record.duration().map(Duration::toMillis).orElse(0L));
        map.put("targets", current(record));
        if (record.kind() == Kind.ROLLBACK) {
            map.put("rolledBack", true);
        }
        map.put("dryRun", false);
        return map;
    }

    /** {@return what a script reads of what was not deployed, since it came by itself; the build's console says why} */
    static Map<String, Object> passedOver(Site site, Destination to, String why) {
        site.listener().getLogger().println(why);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("environment", to.environment());
        map.put("passedOver", why);
        map.put("targets", new LinkedHashMap<String, Object>());
        map.put("dryRun", false);
        return map;
    }

    private static Map<String, Object> current(DeploymentRecord record) {
        Map<String, Object> targets = new LinkedHashMap<>();
        record.targets().forEach(t -> targets.put(t.target(), t.current()));
        return targets;
    }

    private static String failure(DeploymentRecord record) {
        StringBuilder text = new StringBuilder("Deployment #" + record.number() + " of " + record.app() + " to "
                + record.environment() + " ended " + record.state() + ": " + record.message());
        for (TargetOutcome target : record.targets()) {
            text.append("\n  ")
                    .append(target.target())
                    .append(": current is ")
                    .append(target.current().isEmpty() ? "nothing" : target.current())
                    .append(target.message().isEmpty() ? "" : "; " + target.message());
        }
        return text.toString();
    }
}
