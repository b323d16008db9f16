package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The releases that led to the one that is current, as far as they proved good. A deployment adds its release; a
 * rollback takes off the ones that came after the release it went to, since somebody had a reason to leave them. One
 * that was left comes back into the line by being made current again.
 *
 * @param line oldest first, each once
 * @param left releases that somebody rolled back from and that did not come back
 */
record Succession(List<String> line, Set<String> left) {

    /**
     * Tells it from what the targets wrote down.
     *
     * @param entries deployments that ended, oldest first
     * @param confirmed every release that was confirmed. One whose deployment the entries do not tell of is older
     *     than they are: that entry has been dropped, or was lost
     */
    static Succession of(List<Entry> entries, SortedSet<String> confirmed) {
        Set<String> told = entries.stream()
                .filter(e -> e.kind() == Kind.DEPLOY)
                .map(Entry::release)
                .collect(Collectors.toSet());
        List<String> line = new ArrayList<>(confirmed);
        line.removeAll(told);
        Set<String> left = new HashSet<>();
        for (Entry entry : entries) {
            if (!entry.outcome().equals(State.SUCCEEDED.name())) {
                continue;
            }
            String release = entry.release();
            int before = line.indexOf(release);
            if (before < 0) {
                line.add(release);
            } else if (entry.kind() == Kind.ROLLBACK) {
                List<String> after = line.subList(before + 1, line.size());
                left.addAll(after);
                after.clear();
            }
            left.remove(release);
        }
        return new Succession(List.copyOf(line), Set.copyOf(left));
    }

    /**
     * {@return what came before, the nearest first}
     *
     * @param current what is current, on some targets this and on others that. Where one of these is no part of the
     *     line (made by somebody else, never confirmed, or left by other targets), all of the line came before it;
     *     otherwise they stand where the newest of them does
     */
    List<String> before(Collection<String> current) {
        int end = line.containsAll(current)
                ? current.stream().mapToInt(line::indexOf).max().orElse(line.size())
                : line.size();
        List<String> before = new ArrayList<>(line.subList(0, end));
        Collections.reverse(before);
        return before;
    }
}
