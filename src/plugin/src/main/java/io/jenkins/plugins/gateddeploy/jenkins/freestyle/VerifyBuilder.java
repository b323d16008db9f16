package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.gateddeploy.jenkins.step.VerifyProdConfigStep;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The build step "Verify production configuration". */
public final class VerifyBuilder extends Builder {
    private final VerifyProdConfigStep step;

    /** @param step with the parameters, in which environment variables may stand */
    @DataBoundConstructor
    public VerifyBuilder(VerifyProdConfigStep step) {
        this.step = step;
    }

    /** {@return the parameters} */
    public VerifyProdConfigStep getStep() {
        return step;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        OrderedByBuild.carryOut(build, listener, step::order);
        return true;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("verifyProductionConfiguration")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.VerifyBuilder_displayName();
        }
    }
}
