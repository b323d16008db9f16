package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What targets answered about variables, and what is wrong with that. */
final class VariableAnswers {
    private static final String OTHER_PLACE = "Mend it there, or name another place with requires.variables_from.";

    private final String place;
    private final List<String> names;
    private final Map<String, List<String>> missing = new LinkedHashMap<>();
    private final Map<String, List<String>> empty = new LinkedHashMap<>();
    private final List<Problem> failed = new ArrayList<>();
    private final List<String> withoutFile = new ArrayList<>();

    /**
     * @param place where they were looked for, for people
     * @param names of the variables
     */
    VariableAnswers(String place, List<String> names) {
        this.place = place;
        this.names = names;
    }

    void add(Target target, Outcome outcome) {
        if (!(outcome instanceof Outcome.Exited exited) || exited.code() != 0) {
            // What it said on standard error is not shown: a program that failed may have printed a value.
            String why = outcome instanceof Outcome.Unreached unreached
                    ? unreached.describe()
                    : "its shell did not answer as POSIX says.";
            fail(target, why, "");
            return;
        }
        Set<String> answered = new HashSet<>();
        for (String line : exited.stdout().lines().toList()) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            String rest = space < 0 ? "" : line.substring(space + 1);
            if (!answer(target, word, rest, answered)) {
                return;
            }
        }
        if (!answered.containsAll(names)) {
            fail(target, "it did not answer for every variable.", "");
        }
    }

    /** {@return whether the next line is worth reading} */
    private boolean answer(Target target, String word, String rest, Set<String> answered) {
        switch (word) {
            case "set", "empty", "missing" -> {
                if (!names.contains(rest) || !answered.add(rest)) {
                    fail(target, "it answered what was not asked.", "");
                    return false;
                }
                if (!word.equals("set")) {
                    (word.equals("empty") ? empty : missing)
                            .computeIfAbsent(rest, n -> new ArrayList<>())
                            .add(target.name());
                }
                return true;
            }
            case "nofile" -> withoutFile.add(target.name());
            case "unclosed" ->
                fail(target, "a quote in line " + digits(rest) + " of " + place + " is never closed.", OTHER_PLACE);
            case "unreadable" ->
                fail(
                        target,
                        "the login may not read a file of " + place + ", or it is no file.",
                        "Let the login read it, or name another place with requires.variables_from.");
            case "nosystemd" -> fail(target, "there is no systemctl that could tell about " + place + ".", OTHER_PLACE);
            case "nounit" -> fail(target, place + " is not known to systemd there.", OTHER_PLACE);
            case "failed" -> fail(target, "the command did not end with 0.", OTHER_PLACE);
            default -> fail(target, "it answered what was not asked.", "");
        }
        return word.equals("nofile");
    }

    private static String digits(String text) {
        return text.matches("[0-9]{1,9}") ? text : "?";
    }

    private void fail(Target target, String why, String mend) {
        failed.add(Problem.error(
                "check.failed", "Variables could not be looked for on " + target.name() + ": " + why, mend));
    }

    /** {@return a problem for each variable and kind, in the order of deploy.toml, then what could not be told} */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        String noFile =
                withoutFile.isEmpty() ? "" : " There is no such file on " + Comparison.listed(withoutFile) + ".";
        for (String name : names) {
            if (missing.containsKey(name)) {
                problems.add(Problem.error(
                        "variable.missing",
                        "The variable " + name + " is not set on " + Comparison.listed(missing.get(name))
                                + ": it is not in " + place + "." + noFile,
                        "Set it there."));
            }
            if (empty.containsKey(name)) {
                problems.add(Problem.error(
                        "variable.empty",
                        "The variable " + name + " is empty on " + Comparison.listed(empty.get(name)) + " in " + place
                                + ".",
                        "Give it a value there."));
            }
        }
        problems.addAll(failed);
        return problems;
    }
}
