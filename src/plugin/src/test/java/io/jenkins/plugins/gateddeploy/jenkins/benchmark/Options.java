package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure.
 *
 * @param only letters of the scenarios
 * @param targets how many servers scenario A deploys to, one measurement each
 * @param rounds how often each is measured in scenarios A and D
 * @param waiting how many Pipelines wait in scenario B
 * @param builds how many builds the job of scenario C has
 */
record Options(Set<String> only, List<Integer> targets, int rounds, int waiting, int builds) {
    /** By which the script hands over its arguments. */
    private static final String PROPERTY = "gateddeploy.benchmark";

    private static final Set<String> ALL = Set.of("A", "B", "C", "D");
    private static final String USAGE =
            "Options: [--only A,B,C,D] [--targets 1,10] [--rounds 15] [--waiting 500] [--builds 1000]";

    /** {@return those of this run} */
    static Options given() {
        String line = System.getProperty(PROPERTY, "").strip();
        return parse(line.isEmpty() ? List.of() : List.of(line.split("\\s+", -1)));
    }

    /** @throws IllegalArgumentException with the usage when they make no sense */
    static Options parse(List<String> words) {
        Options options = new Options(ALL, List.of(1, 10), 15, 500, 1000);
        for (int i = 0; i < words.size(); i += 2) {
            if (i + 1 == words.size()) {
                throw new IllegalArgumentException(words.get(i) + " needs a value. " + USAGE);
            }
            options = options.with(words.get(i), words.get(i + 1));
        }
        boolean senseless = options.rounds < 1 || options.waiting < 1 || options.builds < 1;
        if (senseless || !ALL.containsAll(options.only) || options.targets.get(0) < 1) {
            throw new IllegalArgumentException(USAGE);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--only" ->
                new Options(new TreeSet<>(Arrays.asList(value.split(",", -1))), targets, rounds, waiting, builds);
            case "--targets" -> new Options(only, numbers(value), rounds, waiting, builds);
            case "--rounds" -> new Options(only, targets, Integer.parseInt(value), waiting, builds);
            case "--waiting" -> new Options(only, targets, rounds, Integer.parseInt(value), builds);
            case "--builds" -> new Options(only, targets, rounds, waiting, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("Unknown: " + name + ". " + USAGE);
        };
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).sorted().toList();
    }

    /** {@return how many servers it takes} */
    int servers() {
        return only.contains("A") ? targets.get(targets.size() - 1) : 1;
    }
}
