package io.jenkins.plugins.gateddeploy.checks.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Pairs of equals between two lists, as many as there can be: a pattern may fit several values. */
final class Pairs {
    /** Beyond this only what is simply equal is paired: trying every pair would take minutes. */
    private static final int MOST_TRIED = 1000;

    private final List<?> wanted;
    private final List<?> got;
    private final BiPredicate<Object, Object> fits;
    private final int[] partner;
    /** What has been tried: comparing with a pattern takes longer than all the rest. */
    private final Boolean[][] fitting;

    private Pairs(List<?> wanted, List<?> got, BiPredicate<Object, Object> fits) {
        this.wanted = wanted;
        this.got = got;
        this.fits = fits;
        this.partner = new int[got.size()];
        this.fitting = new Boolean[wanted.size()][];
        Arrays.fill(partner, -1);
    }

    /** {@return for each value that is there the index of its wanted one; -1 for none} */
    static int[] of(List<?> wanted, List<?> got, BiPredicate<Object, Object> fits) {
        Pairs pairs = new Pairs(wanted, got, fits);
        List<Integer> rest = pairs.identical();
        if (got.size() <= MOST_TRIED && rest.size() <= MOST_TRIED) {
            rest.forEach(w -> pairs.place(w, new boolean[got.size()]));
        }
        return pairs.partner;
    }

    /** Pairs what is simply equal, which is nearly everything; {@return the wanted ones that are left} */
    private List<Integer> identical() {
        Map<Object, List<Integer>> free = new HashMap<>();
        for (int g = got.size() - 1; g >= 0; g--) {
            free.computeIfAbsent(got.get(g), k -> new ArrayList<>()).add(g);
        }
        List<Integer> rest = new ArrayList<>();
        for (int w = 0; w < wanted.size(); w++) {
            List<Integer> places = free.getOrDefault(wanted.get(w), List.of());
            if (places.isEmpty()) {
                rest.add(w);
            } else {
                partner[places.remove(places.size() - 1)] = w;
            }
        }
        return rest;
    }

    /** Finds a place for a wanted value, having others move when they can (Kuhn's algorithm). */
    private boolean place(int w, boolean[] tried) {
        for (int g = 0; g < got.size(); g++) {
            if (!tried[g] && fits(w, g)) {
                tried[g] = true;
                if (partner[g] < 0 || place(partner[g], tried)) {
                    partner[g] = w;
                    return true;
                }
            }
        }
        return false;
    }

    private boolean fits(int w, int g) {
        if (fitting[w] == null) {
            fitting[w] = new Boolean[got.size()];
        }
        if (fitting[w][g] == null) {
            fitting[w][g] = fits.test(wanted.get(w), got.get(g));
        }
        return fitting[w][g];
    }
}
