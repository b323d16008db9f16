package io.jenkins.plugins.gateddeploy.jenkins.freestyle;

import hudson.AbortException;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.gateddeploy.jenkins.step.RollbackToStep;
import java.io.IOException;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The build step "Roll back application". */
public final class RollbackBuilder extends Builder {
    private final RollbackToStep step;

    /** @param step with the parameters, in which environment variables may stand */
    @DataBoundConstructor
    public RollbackBuilder(RollbackToStep step) {
        this.step = step;
    }

    /** {@return the parameters} */
    public RollbackToStep getStep() {
        return step;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        if (!step.getUnless().isEmpty()) {
            throw new AbortException("\"unless\" waits for another deployment of the same build, which only a Pipeline"
                    + " can do. Leave it out here.");
        }
        OrderedByBuild.carryOut(build, listener, step::order);
        return true;
    }

    /** Describes the build step. */
    @Extension
    @Symbol("rollBackApplication")
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }

        @Override
        public String getDisplayName() {
            return Messages.RollbackBuilder_displayName();
        }
    }
}
