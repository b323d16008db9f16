package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.Audit;
import io.jenkins.plugins.gateddeploy.history.AuditEntry;
import io.jenkins.plugins.gateddeploy.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the audit trail of a host is as it was when its deployments wrote the newest entry on their targets.
 *
 * @param history of the host
 * @param host this machine, as its deployments name it
 */
public record TrailCheck(History history, String host) {

    /**
     * What came of it.
     *
     * @param entries how many the trail has
     * @param compared how many lines on targets were compared with it
     * @param foreign how many lines on targets are of other hosts, whose trails are elsewhere
     * @param faults what does not fit, a sentence each
     */
    public record Outcome(int entries, int compared, int foreign, List<String> faults) {
        public Outcome {
            faults = List.copyOf(faults);
        }
    }

    /**
     * {@return whether the trail fits itself, the gates, and what is on targets}
     *
     * @param environments what was found on the targets of each; those that could not be reached are passed over
     */
    public Outcome check(List<Environment> environments) {
        Audit audit = history.audit();
        List<AuditEntry> entries = audit.entries();
        List<String> faults = new ArrayList<>(audit.faults());
        Map<Long, String> hashes = new HashMap<>();
        entries.stream().filter(AuditEntry::isSound).forEach(e -> hashes.put(e.number(), e.hash()));
        hashes.put(0L, Audit.Head.NONE.hash());
        int compared = 0;
        int foreign = 0;
        for (Environment environment : environments) {
            for (Map.Entry<String, List<Entry>> target : environment.ends().entrySet()) {
                for (Entry end : target.getValue()) {
                    Optional<Audit.Head> head = Optional.ofNullable(end.audit()).flatMap(Audit.Head::parse);
                    if (head.isEmpty()) {
                        continue;
                    }
                    if (!isOurs(end)) {
                        foreign++;
                        continue;
                    }
                    compared++;
                    if (!head.get().hash().equals(hashes.get(head.get().number()))) {
                        faults.add(unknown(target.getKey(), end, head.get()));
                    }
                }
            }
        }
        return new Outcome(entries.size(), compared, foreign, faults);
    }

    /** A history that was replaced knows its deployments no more, but they were started on this machine. */
    private boolean isOurs(Entry end) {
        return end.host().equals(host) || history.find(end.deployment()).isPresent();
    }

    private static String unknown(String target, Entry end, Audit.Head head) {
        return target + " was told by deployment #" + end.number() + " (" + end.release() + ") at " + end.time()
                + " that the newest entry was " + head.text()
                + ", and this trail has no such entry. Somebody changed or"
                + " replaced the history since, or it was started from another home directory of this machine.";
    }
}
