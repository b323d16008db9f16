package io.jenkins.plugins.gateddeploy.jenkins.step;

import io.jenkins.plugins.gateddeploy.jenkins.order.Destination;
import io.jenkins.plugins.gateddeploy.jenkins.order.Manner;
import io.jenkins.plugins.gateddeploy.jenkins.order.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step that gives an order, with the parameters that every order has. They are of this class, since Jenkins looks for
 * them and for their help on a step's class and those above it.
 */
public abstract sealed class OrderStep extends Step permits ChangingStep, VerifyProdConfigStep {
    private final String environment;
    private String config = Given.CONFIG;
    private String label = "";
    private ArrayList<String> allowProblems = new ArrayList<>();
    private boolean force;
    private String reason = "";

    OrderStep(String environment) {
        this.environment = Given.text(environment);
    }

    /**
     * {@return what is asked for}
     *
     * @param change what becomes of each text, such as variables in it
     */
    public abstract Order order(UnaryOperator<String> change);

    @Override
    public StepExecution start(StepContext context) {
        return new OrderExecution(context, order(UnaryOperator.identity()));
    }

    final Destination destination() {
        return new Destination(environment, config, label);
    }

    /** {@return in which manner the order is carried out} */
    final Manner manner(boolean dryRun, UnaryOperator<String> change) {
        return new Manner(dryRun, force, allowProblems.stream().map(change).toList(), change.apply(reason));
    }

    /** {@return the environment of deploy.toml} */
    public final String getEnvironment() {
        return environment;
    }

    /** {@return the path of deploy.toml in the workspace} */
    public final String getConfig() {
        return config;
    }

    /** Sets the path of deploy.toml in the workspace. */
    @DataBoundSetter
    public final void setConfig(String config) {
        this.config = Given.text(config, Given.CONFIG);
    }

    /** {@return the label of the agent from which targets are reached; may be empty} */
    public final String getLabel() {
        return label;
    }

    /** Sets the label of the agent from which targets are reached. */
    @DataBoundSetter
    public final void setLabel(String label) {
        this.label = Given.text(label);
    }

    /** {@return ids of problems in spite of which to go on} */
    public final List<String> getAllowProblems() {
        return Collections.unmodifiableList(allowProblems);
    }

    /** Sets ids of problems in spite of which to go on. */
    @DataBoundSetter
    public final void setAllowProblems(List<String> allowProblems) {
        this.allowProblems = Given.names(allowProblems);
    }

    /** {@return whether to go on in spite of all problems that may be forced} */
    public final boolean isForce() {
        return force;
    }

    /** Sets whether to go on in spite of all problems that may be forced. */
    @DataBoundSetter
    public final void setForce(boolean force) {
        this.force = force;
    }

    /** {@return why; may be empty} */
    public final String getReason() {
        return reason;
    }

    /** Sets why. */
    @DataBoundSetter
    public final void setReason(String reason) {
        this.reason = Given.text(reason);
    }

    /** A freestyle job that was saved before a parameter existed does not have it. */
    protected Object readResolve() {
        setConfig(config);
        setLabel(label);
        setAllowProblems(allowProblems);
        setReason(reason);
        return this;
    }
}
