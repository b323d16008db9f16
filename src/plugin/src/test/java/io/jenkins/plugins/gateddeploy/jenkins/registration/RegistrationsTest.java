package io.jenkins.plugins.gateddeploy.jenkins.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.DummySecurityRealm;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may deploy: an administrator, two deployers, an approver, a reader; named by their role. */
@WithJenkins
class RegistrationsTest {
    private static final Place PRODUCTION = new Place("shop", "production");

    private JenkinsRule jenkins;
    private DummySecurityRealm realm;

    @BeforeEach
    void makePeople(JenkinsRule rule) {
        jenkins = rule;
        realm = rule.createDummySecurityRealm();
        rule.jenkins.setSecurityRealm(realm);
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone()
                .grant(Permissions.DEPLOY, Permissions.ROLL_BACK)
                .everywhere()
                .to("deployer", "other-deployer")
                .grant(Permissions.APPROVE)
                .everywhere()
                .to("approver"));
    }

    @Test
    void permissionsAreApartFromEachOtherAndImpliedByAdministering() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        List<Permission> all =
                List.of(Permissions.DEPLOY, Permissions.APPROVE, Permissions.ROLL_BACK, Permissions.MANAGE_LANES);

        assertThat(Permissions.GROUP.getPermissions()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(all).allMatch(permission -> has("admin", permission, job)).allMatch(Permission::getEnabled);
        assertThat(all)
                .filteredOn(permission -> has("deployer", permission, job))
                .containsExactly(Permissions.DEPLOY, Permissions.ROLL_BACK);
        assertThat(all)
                .filteredOn(permission -> has("approver", permission, job))
                .containsExactly(Permissions.APPROVE);
        assertThat(all).noneMatch(permission -> has("reader", permission, job));

        // Where nobody registered anything, the permission alone decides.
        assertThat(refusals(startedBy(job, "deployer"))).isEmpty();
        assertThat(refusals(startedBy(job, "admin"))).isEmpty();
        assertThat(refusals(startedBy(job, "reader"))).containsExactly("registration.permission");
        assertThat(refusals(startedBy(job, "approver"))).containsExactly("registration.permission");
        assertThat(refusals(started(job, new Cause.UserIdCause(null)))).containsExactly("registration.permission");
        assertThat(Registrations.check(startedBy(job, "deployer"), Act.DEPLOY, PRODUCTION)
                        .warnings())
                .extracting(Problem::id)
                .containsExactly("registration.missing");

        GatedDeployConfiguration.get().setRefuseUnregistered(true);
        assertThat(refusals(startedBy(job, "admin"))).containsExactly("registration.missing");
    }

    @Test
    void keepsToWhatIsRegistered() throws Exception {
        realm.addGroups("other-deployer", "release-managers");
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setJobs(List.of("deploy"));
        registered.setDeployers(List.of("Deployer", "@release-managers", "reader"));
        registered.setApprovers(List.of("approver"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));

        assertThat(Registrations.check(startedBy(job, "deployer"), Act.ROLL_BACK, PRODUCTION))
                .satisfies(admission -> assertThat(admission.warnings()).isEmpty())
                .satisfies(admission -> assertThat(admission.clauses()).containsExactly(clause(1, "approver")))
                .satisfies(admission -> assertThat(admission.actor().id()).isEqualTo("deployer"));
        assertThat(refusals(startedBy(job, "other-deployer"))).isEmpty();
        assertThat(refusals(startedBy(other, "deployer"))).containsExactly("registration.job");
        assertThat(refusals(startedBy(job, "admin"))).containsExactly("registration.person");
        assertThat(refusals(startedBy(job, "reader"))).containsExactly("registration.permission");
        assertThat(refusals(started(job, new TimerTrigger.TimerTriggerCause()))).containsExactly("registration.timer");
        assertThat(refusals(started(job, new SCMTrigger.SCMTriggerCause("")))).containsExactly("registration.scm");
        assertThat(refusals(started(job, new Cause.RemoteCause("10.0.0.1", "deployer"))))
                .containsExactly("registration.starter");
        assertThatThrownBy(() ->
                        Registrations.check(job, User.getById("admin", true).impersonate2(), Act.DEPLOY, PRODUCTION))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("admin")
                .hasMessageContaining("the configuration of Jenkins");

        registered.setStartedByTimer(true);
        assertThat(refusals(started(job, new TimerTrigger.TimerTriggerCause()))).isEmpty();
        registered.setStartedByScm(true);
        assertThat(refusals(started(job, new SCMTrigger.SCMTriggerCause("")))).isEmpty();
    }

    @Test
    void asksWhoeverStartedTheFirstBuildOfAChain() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        RegisteredEnvironment registered = new RegisteredEnvironment("shop", "production");
        registered.setDeployers(List.of("deployer"));
        GatedDeployConfiguration.get().setEnvironments(List.of(registered));
        FreeStyleBuild first = startedBy(jenkins.createFreeStyleProject("first"), "reader");
        FreeStyleBuild second =
                started(jenkins.createFreeStyleProject("second"), new Cause.UpstreamCause((Run<?, ?>) first));

        FreeStyleBuild third = started(job, new Cause.UpstreamCause((Run<?, ?>) second));

        assertThat(refusals(third)).containsExactly("registration.permission", "registration.person");
    }

    @Test
    void foldersTightenForTheirJobsAlone() throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        FreeStyleProject inside = team.createProject(FreeStyleProject.class, "deploy");
        FreeStyleProject outside = jenkins.createFreeStyleProject("deploy");
        RegisteredEnvironment onFolder = new RegisteredEnvironment("shop", "production");
        onFolder.setJobs(List.of("deploy"));
        onFolder.setDeployers(List.of("deployer"));
        onFolder.setRequired(2);
        onFolder.setStartedByTimer(true);
        team.addProperty(new FolderEnvironments(List.of(onFolder)));

        assertThat(Registrations.check(startedBy(inside, "deployer"), Act.DEPLOY, PRODUCTION))
                .satisfies(admission -> assertThat(admission.warnings()).isEmpty())
                .satisfies(admission -> assertThat(admission.clauses()).containsExactly(clause(2)));
        assertThat(refusals(startedBy(inside, "other-deployer"))).containsExactly("registration.person");
        assertThat(Registrations.check(startedBy(outside, "other-deployer"), Act.DEPLOY, PRODUCTION)
                        .clauses())
                .isEmpty();

        RegisteredEnvironment global = new RegisteredEnvironment("shop", "production");
        global.setDeployers(List.of("other-deployer"));
        GatedDeployConfiguration.get().setEnvironments(List.of(global));
        assertThat(refusals(startedBy(inside, "deployer"))).containsExactly("registration.person");
        assertThat(refusals(startedBy(inside, "other-deployer"))).containsExactly("registration.person");
        assertThat(refusals(started(inside, new TimerTrigger.TimerTriggerCause())))
                .containsExactly("registration.timer");

        // Jobs are named from the folder, so that they stay the same when it moves.
        global.setDeployers(List.of());
        team.renameTo("crew");
        assertThat(refusals(startedBy(inside, "deployer"))).isEmpty();
    }

    private static Clause clause(int required, String... approvers) {
        return new Clause(List.of(approvers), required, false, Duration.ofDays(7), Clause.Source.REGISTRATION);
    }

    private static boolean has(String user, Permission permission, Item on) {
        return on.hasPermission2(User.getById(user, true).impersonate2(), permission);
    }

    private FreeStyleBuild startedBy(FreeStyleProject job, String user) throws Exception {
        User.getById(user, true);
        return started(job, new Cause.UserIdCause(user));
    }

    private FreeStyleBuild started(FreeStyleProject job, Cause cause) throws Exception {
        return jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, cause));
    }

    private static List<String> refusals(Run<?, ?> build) {
        try {
            Registrations.check(build, Act.DEPLOY, PRODUCTION);
            return List.of();
        } catch (ProblemException e) {
            return e.problems().stream().map(Problem::id).toList();
        }
    }
}
