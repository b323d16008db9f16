package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Job;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Outlook;
import io.jenkins.plugins.gateddeploy.jenkins.step.DeployAppStep;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The build step "Deploy application". */
public final class DeployBuilder extends Builder {
    private final DeployAppStep step;

    /** @param step with the parameters, in which environment variables may stand */
    @DataBoundConstructor
    public DeployBuilder(DeployAppStep step) {
        this.step = step;
    }

    /** {@return the parameters} */
    public DeployAppStep getStep() {
        return step;
    }

    /**
     * {@return whether its environment will be closed; empty when it deploys at any time, or nothing at all}
     *
     * @param change what becomes of each text, such as variables in it
     */
    Optional<Outlook> outlook(Job<?, ?> job, UnaryOperator<String> change) {
        boolean always = step.isDryRun() || step.getEmergency() != null;
        return always
                ? Optional.empty()
                : Optional.of(new Outlook(job, change.apply(step.getEnvironment()), change.apply(step.getConfig())));
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        OrderedByBuild.carryOut(build, listener, step::order);
        return true;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("deployApplication")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployBuilder_displayName();
        }
    }
}
