package io.jenkins.plugins.gateddeploy.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param only letters of the scenarios
 * @param targets how many servers scenario A deploys to, one measurement each
 * @param rounds how often each is measured
 * @param files how many files scenarios B and C push
 * @param keep whether the directory with everything that was made stays
 * @param command the launcher of the command
 */
record Options(Set<String> only, List<Integer> targets, int rounds, int files, boolean keep, Path command) {

    private static final String USAGE =
            "Options: [--only A|B|C|D]... [--targets 1,10,50] [--rounds 3] [--files 10000] [--keep]";

    /** @throws IllegalArgumentException with the usage when they make no sense */
    static Options parse(String[] arguments) {
        Set<String> only = new TreeSet<>();
        List<Integer> targets = List.of(1, 10, 50);
        int rounds = 3;
        int files = 10_000;
        boolean keep = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--only" -> only.addAll(List.of(value(arguments, ++i).split(",", -1)));
                case "--targets" ->
                    targets = Arrays.stream(value(arguments, ++i).split(",", -1))
                            .map(Integer::valueOf)
                            .sorted()
                            .toList();
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--files" -> files = Integer.parseInt(value(arguments, ++i));
                case "--keep" -> keep = true;
                default -> throw new IllegalArgumentException("Unknown: " + arguments[i] + ". " + USAGE);
            }
        }
        Set<String> all = Set.of("A", "B", "C", "D");
        if (!all.containsAll(only) || rounds < 1 || files < 100 || targets.isEmpty() || targets.get(0) < 1) {
            throw new IllegalArgumentException(USAGE);
        }
        Path command = Path.of(System.getProperty("gateddeploy.command", "src/cli/target/gated-deploy"));
        return new Options(only.isEmpty() ? all : only, targets, rounds, files, keep, command.toAbsolutePath());
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " needs a value. " + USAGE);
        }
        return arguments[index];
    }

    /** {@return how many servers it takes} */
    int servers() {
        int most = only.contains("A") ? targets.get(targets.size() - 1) : 1;
        return only.contains("C") ? Math.max(most, MemoryScenario.TARGETS) : most;
    }

    /** {@return whether any of the scenarios is to be measured} */
    boolean any(String... letters) {
        return Stream.of(letters).anyMatch(only::contains);
    }
}
