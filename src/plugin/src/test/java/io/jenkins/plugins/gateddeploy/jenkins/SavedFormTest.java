package io.jenkins.plugins.gateddeploy.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Items;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.ApprovalProperty;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.DeployBuilder;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.RollbackBuilder;
import io.jenkins.plugins.gateddeploy.jenkins.freestyle.VerifyBuilder;
import io.jenkins.plugins.gateddeploy.jenkins.host.CommitAddresses;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.jenkins.order.WorkspaceSource;
import io.jenkins.plugins.gateddeploy.jenkins.registration.FolderEnvironments;
import io.jenkins.plugins.gateddeploy.jenkins.registration.RegisteredEnvironment;
import io.jenkins.plugins.gateddeploy.jenkins.step.DeployAppStep;
import io.jenkins.plugins.gateddeploy.jenkins.step.RollbackToStep;
import io.jenkins.plugins.gateddeploy.jenkins.step.VerifyProdConfigStep;
import io.jenkins.plugins.gateddeploy.trigger.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Everything that Jenkins saves of this plugin is read from the files beside this test, in the form that has been
 * released, and is written as it was. Whoever changes that form adds a file for the new one and keeps the old one readable.
 */
@WithJenkins
class SavedFormTest {
    @Test
    void readsAndWritesWhatWasSaved(JenkinsRule jenkins) throws Exception {
        same(Items.XSTREAM2, "deploy-builder", new DeployBuilder(deploy()));
        same(Items.XSTREAM2, "deploy-builder-in-emergency", new DeployBuilder(deployInEmergency()));
        same(Items.XSTREAM2, "rollback-builder", new RollbackBuilder(rollback()));
        same(Items.XSTREAM2, "rollback-builder-via", new RollbackBuilder(rollbackVia()));
        same(Items.XSTREAM2, "verify-builder", new VerifyBuilder(verify()));
        same(Items.XSTREAM2, "verify-builder-in-emergency", new VerifyBuilder(verifyInEmergency()));
        same(Items.XSTREAM2, "approval-property", approval());
        same(Items.XSTREAM2, "folder-environments", new FolderEnvironments(List.of(registered())));
        same(Items.XSTREAM2, "folder-environments-whole", new FolderEnvironments(List.of(registeredAsWhole())));
        same(
                Run.XSTREAM2,
                "started",
                Started.push(Reference.of("refs/tags/v1").orElseThrow(), "0123456789012345678901234567890123456789"));
        same(new XStream2(), "commit-addresses", new CommitAddresses("ada@example.org, ada@example.com"));
        // What it is of a build has no constructor for others: the file says it.
        assertThat(read(Run.XSTREAM2, "deployment-action"))
                .extracting("evidence")
                .asList()
                .containsExactly("report.html");
        written(Run.XSTREAM2, "deployment-action");
        assertThat(read(Run.XSTREAM2, "awaited"))
                .hasFieldOrPropertyWithValue("gate", "8a0a5f1e-6f0c-4a53-a7a9-0f4a3f6a9f01");
        written(Run.XSTREAM2, "awaited");
    }

    private static void same(XStream2 xstream, String name, Object expected) throws IOException {
        assertThat(read(xstream, name)).as(name).usingRecursiveComparison().isEqualTo(expected);
        written(xstream, name);
    }

    private static Object read(XStream2 xstream, String name) throws IOException {
        return xstream.fromXML(text(name));
    }

    private static void written(XStream2 xstream, String name) throws IOException {
        String now = xstream.toXML(read(xstream, name)).replaceAll(" plugin=\"gated-deploy@[^\"]*\"", "");
        assertThat(now.strip()).as(name).isEqualTo(text(name).strip());
    }

    private static String text(String name) throws IOException {
        try (InputStream in = SavedFormTest.class.getResourceAsStream("SavedFormTest/" + name + ".xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static DeployAppStep deploy() {
        WorkspaceSource source = new WorkspaceSource("build/site");
        source.setExcludes("**/*.map");
        DeployAppStep step = new DeployAppStep("production");
        step.setConfig("app/deploy.toml");
        step.setRef("$TAG");
        step.setLabel("deployer");
        step.setTargets(List.of("web-1", "web-2"));
        step.setSkip(List.of("migrate"));
        step.setAllowProblems(List.of("target.disk"));
        step.setForce(true);
        step.setReason("urgent");
        step.setDryRun(true);
        step.setSource(source);
        return step;
    }

    private static DeployAppStep deployInEmergency() {
        DeployAppStep step = deploy();
        step.setSource(null);
        step.setEmergency("the shop is down");
        return step;
    }

    private static RollbackToStep rollbackVia() {
        RollbackToStep step = rollback();
        step.setVia("staging");
        return step;
    }

    private static VerifyProdConfigStep verifyInEmergency() {
        VerifyProdConfigStep step = verify();
        step.setEmergency("the shop is down");
        return step;
    }

    private static RollbackToStep rollback() {
        RollbackToStep step = new RollbackToStep("production");
        step.setRelease("build:42");
        step.setUndo(true);
        step.setAllowProblems(List.of("target.disk"));
        step.setReason("too slow");
        return step;
    }

    private static VerifyProdConfigStep verify() {
        VerifyProdConfigStep step = new VerifyProdConfigStep("production");
        step.setRef("v1");
        step.setAllowProblems(List.of("toml.mismatch"));
        step.setReason("known");
        step.setSarif("found.sarif");
        step.setJunit("found.xml");
        return step;
    }

    private static ApprovalProperty approval() {
        ApprovalProperty property = new ApprovalProperty("@qa, alice");
        property.setMessage("Ship it?");
        property.setRequired(2);
        property.setTimeoutHours(4);
        return property;
    }

    private static RegisteredEnvironment registeredAsWhole() {
        RegisteredEnvironment environment = registered();
        environment.setAllOf(List.of("@qa"));
        environment.setRequesterMayApprove(true);
        environment.setAuto(List.of("tests-pass"));
        environment.setTell(List.of("shop@example.org"));
        environment.setWindows(List.of("Mon-Thu 09:00-16:00 Europe/Berlin"));
        environment.setFreezes(List.of("2026-12-20..2027-01-06 Christmas"));
        environment.setWaitsOutside(true);
        environment.setEmergency(List.of("@on-call"));
        return environment;
    }

    private static RegisteredEnvironment registered() {
        RegisteredEnvironment environment = new RegisteredEnvironment("shop", "production");
        environment.setJobs(List.of("main"));
        environment.setDeployers(List.of("alice", "@release-managers"));
        environment.setApprovers(List.of("@release-managers"));
        environment.setRequired(2);
        environment.setAuthorMayApprove(true);
        environment.setStartedByTimer(true);
        environment.setStartedByScm(true);
        environment.setNotForceable(List.of("schema.data-loss"));
        environment.setForcingNeedsReason(true);
        return environment;
    }
}
