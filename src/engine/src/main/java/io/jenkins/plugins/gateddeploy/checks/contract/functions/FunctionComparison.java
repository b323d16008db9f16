package io.jenkins.plugins.gateddeploy.checks.contract.functions;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a new version breaks for clients that call the functions of the old one, by the rules of <a
 * href="https://docs.convex.dev/understanding/workflow#making-safe-changes">Convex</a>: safe are new functions, new optional
 * arguments, and arguments that become optional or take more.
 */
public final class FunctionComparison {
    private static final String ID = "api.incompatible";
    private static final int MOST_SHOWN = 100;

    private static final String KEEP = "Keep it until no client calls it any more, and add what replaces it beside it.";
    private static final String OPTIONAL = "Make it optional, and do without it when old clients do not send it.";
    private static final String ACCEPT = "Make it a union of what was accepted and what is to be accepted.";
    private static final String ANSWER = "Go on answering as before, and add a function for the new answer.";

    private final Functions now;
    private final List<Problem> problems = new ArrayList<>();
    private final Assignment sent = new Assignment(true);
    private final Assignment read = new Assignment(false);
    private int unseen;

    private FunctionComparison(Functions now) {
        this.now = now;
    }

    /**
     * {@return what breaks clients}
     *
     * @throws ProblemException when they are too complicated to be compared
     */
    public static List<Problem> compare(Functions old, Functions now) throws ProblemException {
        FunctionComparison comparison = new FunctionComparison(now);
        for (Function function : old.byName().values()) {
            if (function.open()) {
                comparison.compare(function, now.byName().get(function.name()));
            }
        }
        if (comparison.unseen > 0) {
            comparison.problems.add(Problem.error(
                    ID,
                    now.file() + ": " + comparison.unseen + " more changes break old clients.",
                    "Mend those above first."));
        }
        return comparison.problems;
    }

    private void compare(Function was, Function is) throws ProblemException {
        String name = "The function " + Functions.shown(was.name());
        if (is == null) {
            add(name + " is no longer there.", KEEP, 0);
            return;
        }
        if (!is.open()) {
            add(name + " can no longer be called by clients: it is internal now.", KEEP, is.line());
        }
        if (!was.kind().isEmpty() && !is.kind().isEmpty() && !was.kind().equals(is.kind())) {
            add(name + " is now of the kind " + is.kind() + ", before " + was.kind() + ".", KEEP, is.line());
        }
        arguments(name, was, is);
        if (!read.fits(is.returns(), was.returns())) {
            add(
                    name + " may now return " + is.returns().words() + " that old clients do not know, before "
                            + was.returns().words() + ".",
                    ANSWER,
                    is.line());
        }
    }

    private void arguments(String name, Function was, Function is) throws ProblemException {
        if (was.arguments() instanceof Type.ObjectOf before && is.arguments() instanceof Type.ObjectOf after) {
            fields(name, "", before, after, is.line());
        } else if (!sent.fits(was.arguments(), is.arguments())) {
            add(name + " no longer takes every argument that it took.", ACCEPT, is.line());
        }
    }

    private void fields(String name, String path, Type.ObjectOf before, Type.ObjectOf after, int line)
            throws ProblemException {
        for (Map.Entry<String, Type.Field> entry : before.fields().entrySet()) {
            String argument = path + entry.getKey();
            Type.Field field = after.fields().get(entry.getKey());
            if (field == null) {
                add(name + " no longer takes the argument " + Functions.shown(argument) + ".", KEEP, line);
                continue;
            }
            if (entry.getValue().optional() && !field.optional()) {
                add(name + " now requires the argument " + Functions.shown(argument) + ".", OPTIONAL, line);
            }
            if (entry.getValue().type() instanceof Type.ObjectOf inner && field.type() instanceof Type.ObjectOf other) {
                fields(name, argument + ".", inner, other, line);
            } else if (!sent.fits(entry.getValue().type(), field.type())) {
                add(
                        name + " takes less for the argument " + Functions.shown(argument) + ": "
                                + field.type().words() + ", before "
                                + entry.getValue().type().words() + ".",
                        ACCEPT,
                        line);
            }
        }
        after.fields().forEach((added, field) -> {
            if (!before.fields().containsKey(added) && !field.optional()) {
                add(
                        name + " has the new argument " + Functions.shown(path + added) + ", which is required.",
                        OPTIONAL,
                        line);
            }
        });
    }

    private void add(String message, String mend, int line) {
        if (problems.size() < MOST_SHOWN) {
            problems.add(Problem.error(ID, message, mend, new Location(now.file(), line, 0)));
        } else {
            unseen++;
        }
    }
}
