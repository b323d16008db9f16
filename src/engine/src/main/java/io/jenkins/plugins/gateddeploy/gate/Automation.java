package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.source.Hold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a gate opens without people, and why, or why not. Found out once, when the gate is made, and kept with it.
 *
 * @param findings one for each condition; empty when nobody wished the gate to open by itself
 * @param obstacles what stands against it whatever the conditions say, a sentence each
 */
public record Automation(List<Finding> findings, List<String> obstacles) {
    /**
     * What was found out about a condition.
     *
     * @param condition its name: {@code build-success}
     * @param held whether it was so
     * @param found what was found, without a full stop
     */
    public record Finding(String condition, boolean held, String found) {
        public Finding {
            Objects.requireNonNull(condition, "condition");
            Objects.requireNonNull(found, "found");
        }
    }

    public Automation {
        findings = List.copyOf(findings);
        obstacles = List.copyOf(obstacles);
    }

    /** {@return that of a gate which people decide in any case} */
    public static Automation none() {
        return new Automation(List.of(), List.of());
    }

    /** {@return the names of all conditions there are} */
    public static List<String> conditions() {
        return Stream.of(Condition.values()).map(Condition::word).toList();
    }

    /** {@return the conditions that go without saying: the build, problems, and tests if there are any} */
    public static List<String> usually(Facts facts) {
        List<Condition> conditions = new ArrayList<>(List.of(Condition.BUILD_SUCCESS, Condition.NO_PROBLEMS));
        if (facts.tests().isPresent()) {
            conditions.add(1, Condition.TESTS_PASS);
        }
        return conditions.stream().map(Condition::word).toList();
    }

    /** {@return what comes of the conditions that go without saying, and of those that clauses name} */
    public static Automation usual(Facts facts) {
        return of(usually(facts), facts);
    }

    /**
     * {@return what comes of conditions, and of those that clauses name: who asks for approval and names none stands
     * against it}
     *
     * @param own their names, of whoever asks; one that nobody knows does not hold; empty for those of clauses alone
     */
    public static Automation of(List<String> own, Facts facts) {
        List<Finding> findings = Stream.concat(
                        own.stream(), facts.clauses().stream().flatMap(c -> c.auto().stream()))
                .distinct()
                .map(name -> Condition.of(name)
                        .map(condition -> condition.look(facts))
                        .orElseGet(() -> new Finding(name, false, "nobody here knows the condition " + name)))
                .toList();
        if (findings.isEmpty()) {
            return none();
        }
        List<String> obstacles = new ArrayList<>();
        if (Hold.marks(facts.message())) {
            obstacles.add("the commit's message begins with " + Hold.MARK + ".");
        }
        facts.clauses().stream()
                .filter(c -> c.auto().isEmpty())
                .map(c -> c.from().words() + " asks for approval.")
                .distinct()
                .forEach(obstacles::add);
        return new Automation(findings, obstacles);
    }

    /** {@return the same with one more obstacle} */
    Automation but(String obstacle) {
        return new Automation(
                findings, Stream.concat(obstacles.stream(), Stream.of(obstacle)).toList());
    }

    /** {@return the names of the conditions that hold} */
    Set<String> held() {
        return findings.stream().filter(Finding::held).map(Finding::condition).collect(Collectors.toSet());
    }

    /** {@return whether anybody wished the gate to open by itself} */
    public boolean wished() {
        return !findings.isEmpty();
    }

    /** {@return whether it may: every condition holds, and nothing stands against it} */
    public boolean opens() {
        return wished() && obstacles.isEmpty() && findings.stream().allMatch(Finding::held);
    }

    /** {@return why people have to decide although somebody wished otherwise, a sentence each; empty when they need not} */
    public List<String> reasons() {
        return Stream.concat(findings.stream().filter(f -> !f.held()).map(f -> f.found() + "."), obstacles.stream())
                .toList();
    }

    /** {@return the conditions that hold, as people read them: {@code no-problems (none was found)}} */
    String holding() {
        return findings.stream()
                .filter(Finding::held)
                .map(f -> f.condition() + " (" + f.found() + ")")
                .collect(Collectors.joining(", "));
    }
}
