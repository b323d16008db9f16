package io.jenkins.plugins.gateddeploy.command;

import io.jenkins.plugins.gateddeploy.target.Stdin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tasks that one supervisor runs on one target, one after the other.
 *
 * @param sequence names the run among those of its deployment; letters, digits and dashes
 * @param release where they run
 * @param steps at least one
 * @param variables on the supervisor's standard input, which may hold secrets
 * @param back whether it belongs to the way back, so that it starts although the deployment was cancelled
 */
public record TaskRun(String sequence, String release, List<Step> steps, Stdin variables, boolean back) {

    /**
     * A command line to be run.
     *
     * @param name the task's
     * @param run given to {@code sh -c}
     * @param timeout after which its process group is ended
     */
    public record Step(String name, String run, Duration timeout) {}

    /** {@return the name of the run's directory under that lock} */
    public String name(String token) {
        return token + "." + sequence;
    }

    String title() {
        return steps.stream().map(Step::name).collect(Collectors.joining(", "));
    }

    String supervisor() {
        Script script = new Script().add(Part.SUPERVISOR);
        for (Step step : steps) {
            script.call("task", step.name(), Commands.seconds(step.timeout()), step.run());
        }
        return script.call("finish", "0").toString();
    }

    /** The supervisor ends every task in time; this only guards against a supervisor that is gone. */
    Duration longest() {
        return steps.stream()
                .map(Step::timeout)
                .reduce(
                        Duration.ofMinutes(1),
                        (sum, timeout) -> sum.plus(timeout).plusSeconds(10));
    }

    /**
     * {@return variables in the form that a supervisor reads}
     *
     * @param values names are POSIX names; values may hold anything but NUL
     */
    public static Stdin variables(Map<String, String> values) {
        Map<String, String> sorted = new TreeMap<>(values);
        String text = sorted.entrySet().stream()
                .map(e -> "export " + e.getKey() + "=" + Shell.quote(e.getValue()) + "\n")
                .collect(Collectors.joining("", "", "# whole\n"));
        return Stdin.of(text.getBytes(StandardCharsets.UTF_8), "variables " + String.join(", ", sorted.keySet()));
    }
}
