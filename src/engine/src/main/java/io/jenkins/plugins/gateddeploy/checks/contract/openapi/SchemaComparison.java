package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Compares schemas with all that they consist of. Each pair is looked at once, wherever it occurs, so a schema that
 * contains itself has an end, and a change in one that is used everywhere is told once. Nothing goes deeper on the stack for a
 * deeper schema.
 */
final class SchemaComparison {
    private final Schemas old;
    private final Schemas now;
    private final SchemaRules rules;
    private final Acceptance acceptance;
    private final Budget budget;
    private final Set<Pair> seen = new HashSet<>();

    SchemaComparison(Schemas old, Schemas now) {
        this.old = old;
        this.now = now;
        this.budget = new Budget();
        this.rules = new SchemaRules(old, now);
        this.acceptance = new Acceptance(rules, budget);
    }

    Schemas old() {
        return old;
    }

    Schemas now() {
        return now;
    }

    /** Reports what breaks clients. */
    void compare(Pair start, Place place, Changes changes) throws IOException, ProblemException, InterruptedException {
        Deque<Todo> open = new ArrayDeque<>();
        open.add(new Todo(start, place));
        Visit visit = new Reporting(changes, open);
        while (!open.isEmpty()) {
            Todo next = open.poll();
            if (seen.add(next.pair)) {
                budget.step();
                rules.look(next.pair, next.place, visit);
            }
        }
    }

    private record Todo(Pair pair, Place place) {}

    private final class Reporting implements Visit {
        private final Changes changes;
        private final Deque<Todo> open;

        Reporting(Changes changes, Deque<Todo> open) {
            this.changes = changes;
            this.open = open;
        }

        @Override
        public void breaks(Mend mend, Place place, String what) {
            changes.breaks(mend, place, what);
        }

        @Override
        public void worries(Mend mend, Place place, String what) {
            changes.worries(mend, place, what);
        }

        @Override
        public void next(Pair parts, Place place) {
            if (!seen.contains(parts)) {
                open.add(new Todo(parts, place));
            }
        }

        @Override
        public boolean fits(Pair pair) throws IOException, ProblemException, InterruptedException {
            return acceptance.fits(pair);
        }
    }
}
