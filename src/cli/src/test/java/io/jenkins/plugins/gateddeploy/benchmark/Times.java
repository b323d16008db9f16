package io.jenkins.plugins.gateddeploy.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Seconds that were measured, by who and what. */
final class Times {
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /** What is measured. */
    interface Work {
        void run() throws Exception;
    }

    /** Runs it and keeps how long it took. */
    void measure(String who, String what, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - start) / 1e9;
        seconds.computeIfAbsent(key(who, what), k -> new ArrayList<>()).add(took);
        System.err.printf(Locale.ROOT, "  %-45s %-28s %7.2f s%n", who, what, took);
    }

    /** {@return the median; empty when it was not measured} */
    OptionalDouble median(String who, String what) {
        List<Double> times = seconds.get(key(who, what));
        return times == null ? OptionalDouble.empty() : OptionalDouble.of(median(times));
    }

    /** {@return one median over the other; empty when either was not measured} */
    OptionalDouble ratio(String who, String what, String toWho, String toWhat) {
        OptionalDouble one = median(who, what);
        OptionalDouble other = median(toWho, toWhat);
        return one.isEmpty() || other.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(one.getAsDouble() / other.getAsDouble());
    }

    /** {@return a cell of the table: seconds, the ratio to another, and the fastest and slowest round} */
    String cell(String who, String what, String toWho, String toWhat) {
        OptionalDouble median = median(who, what);
        if (median.isEmpty()) {
            return "–";
        }
        List<Double> times = seconds.get(key(who, what));
        OptionalDouble ratio = ratio(who, what, toWho, toWhat);
        return format("%.2f s", median.getAsDouble())
                + (ratio.isPresent() ? format(" (%.2f×)", ratio.getAsDouble()) : "")
                + (times.size() == 1
                        ? ""
                        : format(" %.2f", times.stream().min(Double::compare).get())
                                + format(
                                        "–%.2f",
                                        times.stream().max(Double::compare).get()));
    }

    static double median(List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static String format(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static String key(String who, String what) {
        return who + "\n" + what;
    }
}
