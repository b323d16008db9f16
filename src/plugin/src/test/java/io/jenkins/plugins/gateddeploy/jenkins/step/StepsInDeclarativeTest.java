package io.jenkins.plugins.gateddeploy.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.jenkins.fixture.Shop;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepsInDeclarativeTest {
    @TempDir
    private Path directory;

    @Test
    void verifiesDeploysAndRollsBack(JenkinsRule jenkins) throws Exception {
        try (Shop shop = Shop.open(directory, 2)) {
            shop.introduceToJenkins();
            String commit = shop.version("v2", "");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            job.setDefinition(new CpsFlowDefinition("""
                    pipeline {
                      agent any
                      stages {
                        stage('Verify') {
                          steps {
                            %s
                            script {
                              def found = verifyProdConfig environment: 'production', ref: 'v2'
                              echo "would deploy ${found.commit}, ${found.problems.count { it.severity == 'ERROR' }} problems, plan of ${found.plan.length()} digits"
                            }
                          }
                        }
                        stage('Deploy') {
                          steps {
                            deployApp environment: 'production', ref: 'v1'
                            deployApp(environment: 'production', ref: 'v2', targets: [], skip: [])
                          }
                        }
                        stage('Back') {
                          steps {
                            script {
                              def r = rollbackTo environment: 'production'
                              echo "#${r.number} made ${r.tag} current instead of ${r.previous}"
                            }
                          }
                        }
                      }
                    }
                    """.formatted(shop.checkout("v2")), true));

            WorkflowRun build = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("would deploy " + commit + ", 0 problems, plan of 64 digits", build);
            jenkins.assertLogContains("nothing is current yet", build);
            jenkins.assertLogContains("#3 made v1 current instead of 2", build);
            assertThat(shop.page(0)).isEqualTo("v1");
            assertThat(shop.page(1)).isEqualTo("v1");

            rollsBackToWhatAnEarlierBuildDeployed(jenkins, shop, job);
            rollsBackAsItIsTold(jenkins, shop, job);
            failsForProblemsThatAreNotAllowed(jenkins, shop, job);
        }
    }

    private static void rollsBackToWhatAnEarlierBuildDeployed(JenkinsRule jenkins, Shop shop, WorkflowJob job)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition("node { deployApp environment: 'production', ref: 'v2' }", true));
        // What was taken back comes back by a person alone.
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        assertThat(shop.page(0)).isEqualTo("v2");
        job.getBuildByNumber(1).delete();
        job.setDefinition(new CpsFlowDefinition(
                "node { rollbackTo environment: 'production', release: 'build:1', reason: 'too slow' }", true));
        WorkflowRun build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("Reason: too slow", build);
        assertThat(JenkinsHost.get().history().list(Filter.of("shop", "production", 1)))
                .extracting(DeploymentRecord::reason)
                .containsExactly("too slow");
        assertThat(shop.page(0)).isEqualTo("v1");

        job.setDefinition(
                new CpsFlowDefinition("node { rollbackTo environment: 'production', release: 'build:77' }", true));
        jenkins.assertLogContains(
                "The build 77 of shop made no release of shop current in production",
                jenkins.buildAndAssertStatus(Result.FAILURE, job));
    }

    private static void rollsBackAsItIsTold(JenkinsRule jenkins, Shop shop, WorkflowJob job) throws Exception {
        shop.version("v2.1", "[tasks]\nmigrate = { run = \"true\", undo = \"touch ../../undone\" }\n");
        job.setDefinition(new CpsFlowDefinition(
                """
                node {
                  %s
                  deployApp environment: 'production'
                  rollbackTo environment: 'production', undo: true
                  writeFile file: 'deploy.toml', text: readFile('deploy.toml').replace('[tasks]',
                      '[tasks]\\nrestart = { run = "exit 3", at = "switched" }')
                  def dry = rollbackTo environment: 'production', release: 'v2', dryRun: true
                  echo "dry: ${dry.dryRun}"
                  rollbackTo environment: 'production', release: 'v2', targets: ['%s'], skip: ['restart']
                }
                """.formatted(
                        shop.checkout("v2.1"), shop.fleet().targets().get(0).name()),
                true));
        jenkins.assertLogContains("dry: true", jenkins.buildAndAssertSuccess(job));
        assertThat(shop.place("srv", 0).resolve("undone")).exists();
        assertThat(shop.page(0)).isEqualTo("v2");
        assertThat(shop.page(1)).isEqualTo("v1");
    }

    private static void failsForProblemsThatAreNotAllowed(JenkinsRule jenkins, Shop shop, WorkflowJob job)
            throws Exception {
        shop.version("v3", "[variables]\nKEY = { secret = \"nobody-has-it\" }\n");
        String verify = "node {\n" + shop.checkout("v3") + "def f = verifyProdConfig environment: 'production'";
        job.setDefinition(new CpsFlowDefinition(verify + "\n}", true));
        WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("shop cannot be deployed to production:", build);
        jenkins.assertLogContains("The credential \"nobody-has-it\"", build);

        job.setDefinition(new CpsFlowDefinition(
                verify + ", allowProblems: ['credential.missing', 'credential.unusable'], reason: 'it comes tomorrow'\n"
                        + "echo \"allowed: ${f.problems.find { it.id.startsWith('credential.') }.allowed}\"\n}",
                true));
        build = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("it comes tomorrow", build);
        jenkins.assertLogContains("allowed: true", build);
    }
}
