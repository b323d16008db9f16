package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import io.jenkins.plugins.gateddeploy.checks.contract.document.Source;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls that were scheduled by the version that is current and will reach the one to come. */
public final class WaitingCalls {
    private static final String ID = "schedule.incompatible";
    private static final int MOST_SHOWN = 100;
    private static final List<String> LISTS = List.of("calls", "scheduled", "page");

    private final Functions functions;
    /** Many calls wait for one function, and all suffer from the same. */
    private final Map<Problem, Integer> found = new LinkedHashMap<>();

    private WaitingCalls(Functions functions) {
        this.functions = functions;
    }

    /**
     * {@return what is wrong with calls that are waiting; a problem of many calls once, with their number}
     *
     * @param calls a list of tables with {@code name} (or "function") and {@code args} (or "arguments"): a
     *     table, or a list with one; those with a {@code state} other than pending have been done. Or a table
     *     with that list as {@code calls}
     * @param functions of the version to come
     * @throws ProblemException when the calls are not such a list; shows none of their values
     */
    public static List<Problem> compare(Source calls, Functions functions) throws ProblemException {
        WaitingCalls waiting = new WaitingCalls(functions);
        for (Node call : list(calls)) {
            waiting.look(calls, call);
        }
        List<Problem> problems = new ArrayList<>();
        waiting.found.forEach((problem, count) -> problems.add(count == 1 ? problem : counted(problem, count)));
        return problems.size() > MOST_SHOWN ? problems.subList(0, MOST_SHOWN) : problems;
    }

    private static List<Node> list(Source calls) throws ProblemException {
        Node root = calls.root();
        if (root instanceof Node.Items) {
            return root.items();
        }
        for (String name : LISTS) {
            if (root.get(name) instanceof Node.Items list) {
                return list.items();
            }
        }
        throw unfit(calls, root, "is no list of calls");
    }

    private void look(Source calls, Node call) throws ProblemException {
        String name = call.get("name")
                .text()
                .or(() -> call.get("function").text())
                .orElseThrow(() -> unfit(calls, call, "has a call without the \"name\" of a function"));
        String state = call.get("state")
                .get("kind")
                .text()
                .or(() -> call.get("state").text())
                .orElse("pending");
        if (!state.equals("pending") && !state.equals("inProgress")) {
            return;
        }
        Function function = functions.byName().get(Functions.common(name));
        String shown = Functions.shown(Functions.common(name));
        if (function == null) {
            add("A call that is already scheduled names the function " + shown + ", which is no longer there.", 0);
            return;
        }
        Value.flaw(arguments(calls, call), function.arguments(), "")
                .ifPresent(flaw -> add(
                        "A call that is already scheduled does not fit the function " + shown + ": the argument " + flaw
                                + ".",
                        function.line()));
    }

    /** {@return the named arguments; {@link Node.Missing} for none} */
    private static Node arguments(Source calls, Node call) throws ProblemException {
        Node written = call.get("args").isThere() ? call.get("args") : call.get("arguments");
        if (!(written instanceof Node.Items list)) {
            return written;
        }
        if (list.items().size() > 1) {
            throw unfit(calls, call, "has a call with several arguments that have no names");
        }
        return list.items().isEmpty() ? Node.Missing.MISSING : list.items().get(0);
    }

    private void add(String message, int line) {
        Problem problem = Problem.error(
                ID,
                message,
                "Keep what the call needs until it has run, or cancel it.",
                new Location(functions.file(), line, 0));
        found.merge(problem, 1, Integer::sum);
    }

    private static Problem counted(Problem problem, int count) {
        return new Problem(
                problem.id(),
                problem.severity(),
                problem.message().substring(0, problem.message().length() - 1) + " (" + count + " calls).",
                problem.mend(),
                problem.location());
    }

    private static ProblemException unfit(Source calls, Node where, String flaw) {
        return new ProblemException(List.of(Problem.error(
                "check.failed",
                calls.path() + " " + flaw + ".",
                "Let it be JSON such as [{ \"name\": \"mail:send\", \"args\": { \"to\": \"…\" } }].",
                new Location(calls.path(), where.line(), 0))));
    }
}
