package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Job;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.scm.SCM;
import hudson.triggers.Trigger;
import hudson.triggers.TriggerDescriptor;
import io.jenkins.plugins.gateddeploy.trigger.Push;
import io.jenkins.plugins.gateddeploy.trigger.RepositoryName;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.triggers.SCMTriggerItem;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Starts a job when a forge reports that its repository was pushed to. */
public final class PushTrigger extends Trigger<Job<?, ?>> {
    private String repository = "";

    /** One for the repository that the job is built from. */
    @DataBoundConstructor
    public PushTrigger() {
        // Nothing has to be said.
    }

    /** {@return the address of the repository; empty for what the job is built from} */
    public String getRepository() {
        return Util.fixNull(repository);
    }

    /** Sets the address of the repository, for a job that is not built from it. */
    @DataBoundSetter
    public void setRepository(String repository) {
        this.repository = Util.fixNull(repository).strip();
    }

    /** {@return by which of its addresses a job knows the repository of a push; empty when it is another} */
    Optional<String> match(Job<?, ?> job, Push push) {
        Stream<String> known = getRepository().isEmpty() ? builtFrom(job) : Stream.of(getRepository());
        return known.filter(url -> push.repositories().stream().anyMatch(a -> RepositoryName.isSame(a, url)))
                .findFirst();
    }

    private static Stream<String> builtFrom(Job<?, ?> job) {
        SCMTriggerItem item = SCMTriggerItem.SCMTriggerItems.asSCMTriggerItem(job);
        Stream<? extends SCM> scms = item == null ? Stream.empty() : item.getSCMs().stream();
        return scms.filter(GitSCM.class::isInstance)
                .flatMap(scm -> ((GitSCM) scm).getUserRemoteConfigs().stream())
                .map(UserRemoteConfig::getUrl)
                .filter(url -> url != null);
    }

    /** Describes the trigger. */
    @Extension
    @Symbol("startByPush")
    public static final class DescriptorImpl extends TriggerDescriptor {
        @Override
        public boolean isApplicable(Item item) {
            return item instanceof Job && item instanceof ParameterizedJob;
        }

        @Override
        public String getDisplayName() {
            return Messages.PushTrigger_displayName();
        }
    }
}
