package io.jenkins.plugins.gateddeploy.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the run says, as Markdown: printed as soon as it is known, the goals last. */
final class Report {
    private final List<List<String>> goals = new ArrayList<>();

    void heading(String text) {
        System.out.println("\n### " + text + "\n");
    }

    void note(String text) {
        System.out.println(text + "\n");
    }

    void table(List<String> head, List<List<String>> rows) {
        System.out.println(line(head));
        System.out.println(line(head.stream().map(cell -> "---").toList()));
        rows.forEach(row -> System.out.println(line(row)));
        System.out.println();
    }

    /** Compares a figure with what it should be at most; one that was not measured is no goal of this run. */
    void goal(String text, OptionalDouble figure, double most) {
        if (figure.isPresent()) {
            goal(
                    text,
                    Times.format("%.2f", figure.getAsDouble()),
                    Times.format("%.1f", most),
                    figure.getAsDouble() <= most);
        }
    }

    void goal(String text, String found, String most, boolean reached) {
        goals.add(List.of(text, most, found, reached ? "reached" : "**not reached**"));
    }

    /** Prints the goals of this run. */
    void finish() {
        heading("Goals");
        table(List.of("goal", "at most", "measured", ""), goals);
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
