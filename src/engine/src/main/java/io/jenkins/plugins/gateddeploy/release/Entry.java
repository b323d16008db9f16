package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A line of a target's {@code releases.jsonl}: a deployment that ended there.
 *
 * @param deployment id in the history of the host that did it
 * @param number within application and environment
 * @param kind deploy or rollback
 * @param release what it was about
 * @param commit full commit or content digest
 * @param tag empty when there is none
 * @param subject first line of the commit message
 * @param actor who started it
 * @param host where it was started
 * @param time when it ended, by the host's clock
 * @param outcome {@code SUCCEEDED}, {@code ROLLED_BACK} …
 * @param audit the newest entry of the host's audit trail by then, as {@link Audit.Head#text}; null in what older
 *     versions wrote
 * @param reason why, in the words of whoever asked, and whether it went past a gate; null in what older versions wrote
 * @param undos how far it came with taking back what tasks did, as {@link TakenBack#told} says it, for hosts that do not
 *     have its history
 */
public record Entry(
        String deployment,
        int number,
        DeploymentRecord.Kind kind,
        String release,
        String commit,
        String tag,
        String subject,
        String actor,
        String host,
        Instant time,
        String outcome,
        String audit,
        String reason,
        SortedMap<String, String> undos) {

    public Entry {
        undos = undos == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(undos));
    }
}
