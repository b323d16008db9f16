package io.jenkins.plugins.gateddeploy.doctor;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an examination of an environment found.
 *
 * @param general problems of no target: sections that nothing acts on, credentials, git as seen from this host
 * @param targets each target's, in the order of the environment; none when no credential could be had
 * @param revision what would be deployed, where it could be found
 */
public record Diagnosis(List<Problem> general, List<OnTarget> targets, Optional<Revision> revision) {
    public Diagnosis {
        general = List.copyOf(general);
        targets = List.copyOf(targets);
    }

    /**
     * What was found on a target.
     *
     * @param target its name
     * @param facts what is as it should be, or worth knowing, by what it is about; in the order of the examination
     * @param problems what is not
     */
    public record OnTarget(String target, Map<String, String> facts, List<Problem> problems) {
        public OnTarget {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
            problems = List.copyOf(problems);
        }
    }

    /** {@return whether nothing was found that would stop a deployment} */
    public boolean isGood() {
        return problems().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** {@return all problems, the general ones first} */
    public Stream<Problem> problems() {
        return Stream.concat(general.stream(), targets.stream().flatMap(target -> target.problems().stream()));
    }
}
