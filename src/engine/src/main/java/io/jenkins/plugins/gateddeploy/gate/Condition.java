package io.jenkins.plugins.gateddeploy.gate;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.source.Hold;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What has to be so before a gate opens without people; its names are those of {@code approval.auto}. */
enum Condition {
    /** The build that asks is successful, as far as it has come. */
    BUILD_SUCCESS("build-success") {
        @Override
        Automation.Finding look(Facts facts) {
            return finding(facts.build(), "no build is known of");
        }
    },
    /** Tests were run, and all of them passed. */
    TESTS_PASS("tests-pass") {
        @Override
        Automation.Finding look(Facts facts) {
            return finding(facts.tests(), "no tests are known of");
        }
    },
    /** Checks found nothing, not even something to be warned of. */
    NO_PROBLEMS("no-problems") {
        @Override
        Automation.Finding look(Facts facts) {
            // A commit that is on hold keeps every gate from opening by itself, and is told by itself.
            String found = facts.problems().stream()
                    .filter(problem -> !problem.id().equals(Hold.PROBLEM))
                    .map(Problem::oneLine)
                    .collect(Collectors.joining("; "));
            return new Automation.Finding(word(), found.isEmpty(), found.isEmpty() ? "none was found" : found);
        }
    };

    private final String word;

    Condition(String word) {
        this.word = word;
    }

    /** {@return its name: {@code build-success}} */
    String word() {
        return word;
    }

    /** {@return whether it is so} */
    abstract Automation.Finding look(Facts facts);

    /** {@return the one of that name; empty when there is none} */
    static Optional<Condition> of(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    /** What is not known does not hold. */
    Automation.Finding finding(Optional<Facts.Outcome> outcome, String unknown) {
        return outcome.map(o -> new Automation.Finding(word, o.good(), o.words()))
                .orElseGet(() -> new Automation.Finding(word, false, unknown));
    }
}
