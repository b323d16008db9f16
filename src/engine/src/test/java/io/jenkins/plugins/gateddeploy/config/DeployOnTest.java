package io.jenkins.plugins.gateddeploy.config;

import static io.jenkins.plugins.gateddeploy.config.Written.ENVIRONMENT;
import static io.jenkins.plugins.gateddeploy.config.Written.SMALLEST;
import static io.jenkins.plugins.gateddeploy.config.Written.problemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeployOnTest {

    @Test
    void readsWhatIsDeployedByItself() throws Exception {
        DeployFile file = DeployFile.parse(
                "x",
                SMALLEST + "deploy_on = { branches = [\"main\", \"release/*\"] }\n" + ENVIRONMENT
                        + "deploy_on = { tags = [\"v*\"], only_after_success = true }\n"
                        + "[environments.staging]\ntargets = [\"b\"]\n");

        assertThat(file.deployOn("staging")).contains(new DeployOn(List.of("main", "release/*"), List.of(), false));
        // As every section, an environment's adds to that of the file.
        assertThat(file.deployOn("live")).contains(new DeployOn(List.of("main", "release/*"), List.of("v*"), true));
    }

    @Test
    void tellsNothingFromAnEmptyTable() throws Exception {
        assertThat(DeployFile.parse("x", SMALLEST + ENVIRONMENT).deployOn("live"))
                .isEmpty();
        assertThat(DeployFile.parse("x", SMALLEST + "deploy_on = {}\n" + ENVIRONMENT)
                        .deployOn("live"))
                .contains(new DeployOn(List.of(), List.of(), false));
    }

    @Test
    void isNoPartOfWhatPeopleAgreeTo() throws Exception {
        assertThat(Written.live("deploy_on = { tags = [\"v*\"] }\n").digest())
                .isEqualTo(Written.live("").digest());
    }

    @Test
    void namesEveryFlaw() {
        assertThat(
                        problemsOf(
                                "deploy_on = { branch = \"main\", tags = \"v*\", branches = [\"refs/heads/main\", \"\"], only_after_success = 1 }\n"))
                .anyMatch(p -> p.contains("branch") && p.contains("branches"))
                .anyMatch(p -> p.contains("tags") && p.contains("list of patterns"))
                .anyMatch(p -> p.contains("write the name alone"))
                .anyMatch(p -> p.contains("is empty"))
                .anyMatch(p -> p.contains("only_after_success") && p.contains("true or false"));
        assertThat(problemsOf("deploy_on.branches = [\"" + "*a".repeat(9) + "\"]\n"))
                .singleElement()
                .asString()
                .contains("more than 8 stars");
    }
}
