package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether schemas fit, for choices of which some alternative has to. While a pair is looked at it is taken to fit, so
 * that schemas which contain themselves come to an end; when it turns out not to, everything that was
 * taken to fit on its account is forgotten. What does not fit even so never does.
 */
final class Acceptance {
    /** Choices within choices that have no names to tell them apart; real ones have two or three levels. */
    private static final int DEEPEST = 100;

    private final SchemaRules rules;
    private final Budget budget;
    private final Set<Pair> refused = new HashSet<>();
    private final Set<Pair> taken = new HashSet<>();
    private final List<Pair> inOrder = new ArrayList<>();
    private int depth;

    Acceptance(SchemaRules rules, Budget budget) {
        this.rules = rules;
        this.budget = budget;
    }

    boolean fits(Pair pair) throws IOException, ProblemException, InterruptedException {
        if (taken.contains(pair)) {
            return true;
        }
        if (refused.contains(pair)) {
            return false;
        }
        if (depth >= DEEPEST) {
            throw Budget.exceeded("choices within choices are deeper than " + DEEPEST + " levels");
        }
        depth++;
        int before = inOrder.size();
        boolean fits = explore(pair);
        depth--;
        if (!fits) {
            List<Pair> undone = inOrder.subList(before, inOrder.size());
            undone.forEach(taken::remove);
            undone.clear();
            refused.add(pair);
        }
        return fits;
    }

    private boolean explore(Pair start) throws IOException, ProblemException, InterruptedException {
        Deque<Pair> open = new ArrayDeque<>();
        open.add(start);
        Silent visit = new Silent(open);
        while (!open.isEmpty()) {
            Pair pair = open.poll();
            if (!taken.add(pair)) {
                continue;
            }
            inOrder.add(pair);
            budget.step();
            rules.look(pair, Place.of("", null), visit);
            if (visit.broken) {
                return false;
            }
        }
        return true;
    }

    private final class Silent implements Visit {
        private final Deque<Pair> open;
        private boolean broken;

        Silent(Deque<Pair> open) {
            this.open = open;
        }

        @Override
        public void breaks(Mend mend, Place place, String what) {
            broken = true;
        }

        @Override
        public void worries(Mend mend, Place place, String what) {
            // It fits nevertheless.
        }

        @Override
        public void next(Pair parts, Place place) {
            if (refused.contains(parts)) {
                broken = true;
            }
            open.add(parts);
        }

        @Override
        public boolean fits(Pair pair) throws IOException, ProblemException, InterruptedException {
            return Acceptance.this.fits(pair);
        }
    }
}
