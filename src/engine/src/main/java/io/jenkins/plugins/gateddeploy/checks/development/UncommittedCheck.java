package io.jenkins.plugins.gateddeploy.checks.development;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Development;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the workspace has changes that are in no commit. They are something to know, since they are not what is
 * deployed; an error only where deploy.toml makes them one.
 */
final class UncommittedCheck implements Check {
    private static final String ID = "problem.uncommitted";
    private static final int SHOWN = 5;

    private final boolean forbidden;
    private final Development development;

    UncommittedCheck(boolean forbidden, Development development) {
        this.forbidden = forbidden;
        this.development = development;
    }

    @Override
    public String about() {
        return "uncommitted changes";
    }

    @Override
    public List<Problem> find() throws IOException, InterruptedException {
        Optional<List<String>> changed = development.uncommitted();
        if (changed.isEmpty()) {
            return forbidden ? List.of(unknown()) : List.of();
        }
        if (changed.get().isEmpty()) {
            return List.of();
        }
        List<String> paths = changed.get();
        String first = paths.stream().limit(SHOWN).map(ReportText::line).collect(Collectors.joining(", "));
        String more = paths.size() > SHOWN ? " and more" : "";
        return List.of(new Problem(
                ID,
                forbidden ? Severity.ERROR : Severity.WARNING,
                "The workspace has changes that are in no commit: " + first + more + ".",
                "Commit or undo them, or add what the build makes to .gitignore.",
                null));
    }

    private static Problem unknown() {
        return Problem.error(
                ID,
                "development.clean asks for a workspace without uncommitted changes, but there is no workspace of git.",
                "Deploy from a build that has checked the repository out, or remove development.clean.");
    }
}
