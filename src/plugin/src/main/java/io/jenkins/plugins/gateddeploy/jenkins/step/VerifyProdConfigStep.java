package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.ReportFiles;
import io.jenkins.plugins.gateddeploy.jenkins.order.VerifyOrder;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code verifyProdConfig environment: 'production'}. */
public final class VerifyProdConfigStep extends OrderStep {
    private String ref;
    private String emergency;
    private String sarif;
    private String junit;

    /** @param environment of deploy.toml */
    @DataBoundConstructor
    public VerifyProdConfigStep(String environment) {
        super(environment);
    }

    /** {@return branch, tag or commit; null for the commit that the build is of, else the environment's branch} */
    public String getRef() {
        return ref;
    }

    /** Sets branch, tag or commit. */
    @DataBoundSetter
    public void setRef(String ref) {
        this.ref = Given.text(ref, null);
    }

    /** {@return the file of the workspace that gets what was found as SARIF; null for none} */
    public String getSarif() {
        return sarif;
    }

    /** Sets the file of the workspace that gets what was found as SARIF. */
    @DataBoundSetter
    public void setSarif(String sarif) {
        this.sarif = Given.text(sarif, null);
    }

    /** {@return the file of the workspace that gets what was found as JUnit XML; null for none} */
    public String getJunit() {
        return junit;
    }

    /** Sets the file of the workspace that gets what was found as JUnit XML. */
    @DataBoundSetter
    public void setJunit(String junit) {
        this.junit = Given.text(junit, null);
    }

    /** {@return why it goes past windows and freezes; null to keep to them} */
    public String getEmergency() {
        return emergency;
    }

    /** Sets why it goes past windows and freezes. */
    @DataBoundSetter
    public void setEmergency(String emergency) {
        this.emergency = Given.text(emergency, null);
    }

    @Override
    public VerifyOrder order(UnaryOperator<String> change) {
        return new VerifyOrder(
                destination().with(change),
                ref == null ? null : change.apply(ref),
                manner(false, change).inEmergency(emergency == null ? "" : change.apply(emergency)),
                new ReportFiles(
                        sarif == null ? null : change.apply(sarif), junit == null ? null : change.apply(junit)));
    }

    /** Describes the step. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements OrderForm {
        @Override
        public String getFunctionName() {
            return "verifyProdConfig";
        }

        @Override
        public String getDisplayName() {
            return Messages.VerifyProdConfigStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class, EnvVars.class);
        }

        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            return super.newInstance(request, Names.listed(form, "allowProblems"));
        }
    }
}
