package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.jenkins.order.Destination;
import io.jenkins.plugins.gateddeploy.jenkins.order.HeldLane;
import io.jenkins.plugins.gateddeploy.jenkins.order.LaneOrder;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code deployLane(environment: 'production') { node { … } }}. */
public final class DeployLaneStep extends Step {
    private final String environment;
    private String config = Given.CONFIG;

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public DeployLaneStep(String environment) {
        this.environment = Given.text(environment);
    }

    /** {@return the environment of deploy.toml} */
    public String getEnvironment() {
        return environment;
    }

    /** {@return the path of deploy.toml in the workspace} */
    public String getConfig() {
        return config;
    }

    /** Sets the path of deploy.toml in the workspace. */
    @DataBoundSetter
    public void setConfig(String config) {
        this.config = Given.text(config, Given.CONFIG);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new LaneExecution(context, new LaneOrder(new Destination(environment, config, "")));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements OrderForm {
        @Override
        public String getFunctionName() {
            return "deployLane";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployLaneStep_displayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(HeldLane.class);
        }
    }
}
