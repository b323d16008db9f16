package io.jenkins.plugins.gateddeploy.jenkins.host;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.UserMayOrMayNotExistException2;
import hudson.tasks.Mailer;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import hudson.util.XStream2;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.DummySecurityRealm;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.core.userdetails.UserDetails;

@WithJenkins
class ActorsTest {
    @Test
    void findsWhoIsAtTheRoot(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        List.of("alice", "bob", "(timer)").forEach(id -> User.getById(id, true));
        Cause alice = new Cause.UserIdCause("alice");
        Cause timer = new TimerTrigger.TimerTriggerCause();

        assertRoot(Kind.PERSON, "alice", alice);
        assertRoot(Kind.PERSON, "anonymous", new Cause.UserIdCause(null));
        assertRoot(Kind.PERSON, "gone", new Cause.UserIdCause("gone"));
        assertRoot(Kind.PERSON, "user (timer)", new Cause.UserIdCause("(timer)"));
        assertRoot(Kind.OTHER, "(jenkins)", new Cause.UserIdCause("SYSTEM"));
        assertRoot(Kind.TIMER, "(timer)", timer);
        assertRoot(Kind.SCM, "(scm)", new SCMTrigger.SCMTriggerCause(""));
        assertRoot(Kind.SCM, "(scm)", (Cause) new XStream2().fromXML("<jenkins.branch.BranchIndexingCause/>"));
        assertRoot(Kind.OTHER, "(remote)", new Cause.RemoteCause("10.0.0.1", "alice"));
        assertRoot(Kind.OTHER, "(unknown)", new Cause.LegacyCodeCause());
        assertRoot(Kind.OTHER, "(unknown)");

        // A person counts more than what happened at the same time, and than the build that is built anew.
        assertRoot(Kind.PERSON, "alice", timer, alice);
        Run<?, ?> bobs = build(jenkins, new Cause.UserIdCause("bob"));
        assertRoot(Kind.PERSON, "bob", new Cause.UpstreamCause(bobs));
        assertRoot(Kind.PERSON, "bob", timer, new Cause.UpstreamCause(bobs));
        assertRoot(Kind.PERSON, "alice", new Cause.UpstreamCause(bobs), alice);
        assertRoot(Kind.TIMER, "(timer)", new Cause.UpstreamCause(build(jenkins, timer)));

        // Deeper than what Jenkins records with a build.
        Run<?, ?> last = bobs;
        for (int i = 0; i < 12; i++) {
            last = build(jenkins, new Cause.UpstreamCause(last));
        }
        assertThat(Actors.root(last).actor().id()).isEqualTo("bob");
        bobs.delete();
        assertThat(Actors.root(last).kind())
                .as("the root is not recorded any more")
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void replayingIsThePersonsDoingWhoReplays(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "pipeline");
        job.setDefinition(new CpsFlowDefinition("echo 'x'", true));
        User.getById("alice", true);
        WorkflowRun first = jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("alice"))));
        WorkflowRun second;
        try (ACLContext as = ACL.as2(User.getById("bob", true).impersonate2())) {
            second = (WorkflowRun) first.getAction(ReplayAction.class)
                    .run("echo 'y'", Map.of())
                    .get();
        }

        assertThat(Actors.of(second).id()).isEqualTo("bob");
    }

    @Test
    void groupsComeFromTheRealmWhoeverAsks(JenkinsRule jenkins) throws Exception {
        DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("alice", "release-managers", "qa");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone());
        User alice = User.getById("alice", true);

        assertThat(Actors.of(alice)).isEqualTo(new Actor("alice", "alice", Set.of("release-managers", "qa")));
        try (ACLContext as = ACL.as2(User.getById("bob", true).impersonate2())) {
            assertThat(Actors.of(alice).groups()).contains("release-managers", "qa");
            assertThat(Actors.current().id()).isEqualTo("bob");
        }
        try (ACLContext as = ACL.as2(Jenkins.ANONYMOUS2)) {
            assertThat(Actors.current()).isEqualTo(new Actor("anonymous", "Anonymous", Set.of()));
        }
        assertThat(Actors.current().id()).as("of a thread of Jenkins").isEqualTo("(jenkins)");

        jenkins.jenkins.setSecurityRealm(new Silent());
        assertThat(Actors.of(alice)).isEqualTo(new Actor("alice", "alice", Set.of()));
    }

    @Test
    void authorsAreMatchedByEveryAddressThatIsKnown(JenkinsRule jenkins) throws Exception {
        User alice = User.getById("alice", true);
        alice.addProperty(new Mailer.UserProperty("Alice@Example.org"));
        User bob = User.getById("bob", true);
        bob.addProperty(new CommitAddresses("bob@home.example, bob@example.org\n42+bob@users.noreply.example"));
        User.getById("carol@example.org", true);

        Authors authors = Authors.of(List.of(
                "alice@example.org", "42+bob@users.noreply.example", "carol@example.org", "", "bob@home.example "));

        assertThat(authors.users()).containsExactlyInAnyOrder("alice", "bob");
        assertThat(authors.unmatched()).containsExactlyInAnyOrder("carol@example.org", "");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            jenkins.submit(client.goTo("user/bob/account/").getFormByName("config"));
        }
        assertThat(bob.getProperty(CommitAddresses.class).getAddresses()).startsWith("bob@home.example, bob@");
    }

    private static void assertRoot(Kind kind, String id, Cause... causes) {
        Root root = Causes.root(List.of(causes));
        assertThat(root.kind()).as(id).isEqualTo(kind);
        assertThat(root.actor().id()).isEqualTo(id);
    }

    /** A build in a job of its own: Jenkins would fold what waits in one queue. */
    private static Run<?, ?> build(JenkinsRule jenkins, Cause cause) throws Exception {
        return jenkins.assertBuildStatusSuccess(jenkins.createFreeStyleProject().scheduleBuild2(0, cause));
    }

    /** A realm that lets people log in but says nothing of others. */
    private static final class Silent extends AbstractPasswordBasedSecurityRealm {
        @Override
        protected UserDetails authenticate2(String username, String password) {
            throw new UserMayOrMayNotExistException2(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            throw new UserMayOrMayNotExistException2(username);
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String groupname, boolean fetchMembers) {
            throw new UserMayOrMayNotExistException2(groupname);
        }
    }
}
