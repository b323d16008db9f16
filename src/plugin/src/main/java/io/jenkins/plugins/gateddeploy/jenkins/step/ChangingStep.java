package io.jenkins.plugins.gateddeploy.jenkins.step;

import io.jenkins.plugins.gateddeploy.jenkins.order.Extent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that changes what is on targets, with the parameters that say how much of it, or that nothing is really run. */
public abstract sealed class ChangingStep extends OrderStep permits DeployAppStep, RollbackToStep {
    private ArrayList<String> targets = new ArrayList<>();
    private ArrayList<String> skip = new ArrayList<>();
    private boolean dryRun;

    ChangingStep(String environment) {
        super(environment);
    }

    final Extent extent() {
        return new Extent(targets, skip);
    }

    /** {@return the only targets to work on; empty for all} */
    public final List<String> getTargets() {
        return Collections.unmodifiableList(targets);
    }

    /** Sets the only targets to work on. */
    @DataBoundSetter
    public final void setTargets(List<String> targets) {
        this.targets = Given.names(targets);
    }

    /** {@return tasks to leave out} */
    public final List<String> getSkip() {
        return Collections.unmodifiableList(skip);
    }

    /** Sets tasks to leave out. */
    @DataBoundSetter
    public final void setSkip(List<String> skip) {
        this.skip = Given.names(skip);
    }

    /** {@return whether remote commands are only printed} */
    public final boolean isDryRun() {
        return dryRun;
    }

    /** Sets whether remote commands are only printed. */
    @DataBoundSetter
    public final void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    protected Object readResolve() {
        setTargets(targets);
        setSkip(skip);
        return super.readResolve();
    }
}
