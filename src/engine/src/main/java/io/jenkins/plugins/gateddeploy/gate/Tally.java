package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.gate.Gate.Need;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts approvals. Whether one counts is decided by who was asked when it was given, so that a clause is met by a
 * decision alone and never by time that passes.
 *
 * @param rules what is asked for
 * @param decisions those that stand
 * @param opened when the gate was
 */
record Tally(Rules rules, List<Decision> decisions, Instant opened) {

    /** {@return how long the gate has been open at a time} */
    Duration open(Instant time) {
        Duration open = Duration.between(opened, time);
        return open.isNegative() ? Duration.ZERO : open;
    }

    /** {@return what is still needed, once for all clauses that need the same; in words of who may give it by now} */
    List<Need> needed(Instant now) {
        Map<Map.Entry<String, Integer>, List<Clause.Source>> sources = new LinkedHashMap<>();
        for (Clause clause : rules.clauses()) {
            lacking(clause, now)
                    .forEach((who, missing) -> sources.computeIfAbsent(Map.entry(who, missing), k -> new ArrayList<>())
                            .add(clause.from()));
        }
        return sources.entrySet().stream()
                .map(e -> new Need(e.getKey().getKey(), e.getKey().getValue(), e.getValue()))
                .toList();
    }

    /** What a clause lacks, by who may give it. A name that has to approve anyway gives the last one of a number. */
    private Map<String, Integer> lacking(Clause clause, Instant now) {
        List<Decision> approvals = approvals(clause);
        List<String> silent = clause.terms().allOf().stream()
                .filter(name -> approvals.stream().noneMatch(d -> d.as().contains(name)))
                .toList();
        int missing = rules.required(clause)
                - (int) approvals.stream().map(Decision::person).distinct().count();
        Map<String, Integer> lacking = new LinkedHashMap<>();
        silent.forEach(name -> lacking.put(name, 1));
        if (missing > (silent.isEmpty() ? 0 : 1)) {
            lacking.merge(clause.who(open(now)), missing, Math::max);
        }
        return lacking;
    }

    private List<Decision> approvals(Clause clause) {
        return decisions.stream()
                .filter(d -> d.verdict() == Verdict.APPROVE && counts(clause, d.person(), d.as(), d.time()))
                .toList();
    }

    boolean counts(Clause clause, String person, Set<String> names, Instant time) {
        return rules.counts(clause, person, names, open(time));
    }
}
