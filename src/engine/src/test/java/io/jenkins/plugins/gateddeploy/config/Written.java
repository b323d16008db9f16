package io.jenkins.plugins.gateddeploy.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.List;

/** Reads short files in tests. */
final class Written {
    /** A file that is right; tests add to it. */
    static final String SMALLEST = """
            app = "shop"
            release.path = "/srv/shop"
            """;

    static final String ENVIRONMENT = """

            [environments.live]
            targets = ["web-1"]
            """;

    private Written() {}

    /** {@return the configuration of the smallest file with these lines before its environment} */
    static Configuration live(String lines) throws ProblemException {
        return DeployFile.parse("deploy.toml", SMALLEST + lines + ENVIRONMENT).configuration("live");
    }

    /** {@return the only environment of a file} */
    static Configuration only(String text) throws ProblemException {
        DeployFile file = DeployFile.parse("deploy.toml", text);
        return file.configuration(file.environments().get(0));
    }

    /** {@return what is wrong with the smallest file with these lines before its environment, which is 5 lines longer} */
    static List<String> problemsOf(String lines) {
        return problems(SMALLEST + lines + ENVIRONMENT);
    }

    static List<String> problems(String text) {
        ProblemException thrown =
                catchThrowableOfType(ProblemException.class, () -> DeployFile.parse("deploy.toml", text));
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::oneLine).toList();
    }
}
