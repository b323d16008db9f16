package io.jenkins.plugins.gateddeploy.problem;

import java.util.List;
import java.util.Objects;

/**
 * What was found, and what somebody let pass of it.
 *
 * @param problems all of them, in the order people should read them
 * @param forced which of them were let pass
 */
public record Judgement(List<Problem> problems, Forced forced) {
    public Judgement {
        Objects.requireNonNull(forced, "forced");
        problems = List.copyOf(problems);
    }

    /** {@return that nothing is wrong} */
    public static Judgement good() {
        return new Judgement(List.of(), Forced.nothing());
    }

    /** {@return the errors that nobody let pass: with any of them nothing goes on} */
    public List<Problem> standing() {
        return problems.stream()
                .filter(p -> p.severity() == Severity.ERROR && !isForced(p))
                .toList();
    }

    /** {@return whether a problem was found and let pass} */
    public boolean isForced(Problem problem) {
        return problem.severity() == Severity.ERROR && forced.ids().contains(problem.id());
    }

    /**
     * Goes on, or not.
     *
     * @throws ProblemsFound with every error that nobody let pass
     */
    public void require() throws ProblemsFound {
        List<Problem> standing = standing();
        if (!standing.isEmpty()) {
            throw new ProblemsFound(standing);
        }
    }
}
