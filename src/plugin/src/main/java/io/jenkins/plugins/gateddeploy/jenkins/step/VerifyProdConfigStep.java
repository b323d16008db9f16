package io.jenkins.plugins.gateddeploy.jenkins.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.gateddeploy.jenkins.order.Fields;
import io.jenkins.plugins.gateddeploy.jenkins.order.Manner;
import io.jenkins.plugins.gateddeploy.jenkins.order.Names;
import io.jenkins.plugins.gateddeploy.jenkins.order.ReportFiles;
import io.jenkins.plugins.gateddeploy.jenkins.order.VerifyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code verifyProdConfig environment: 'production'}. */
public final class VerifyProdConfigStep extends OrderStep {
    private String ref;
    private ArrayList<String> allowProblems = new ArrayList<>();
    private boolean force;
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

    /** {@return ids of problems that are no reason to fail} */
    public List<String> getAllowProblems() {
        return Collections.unmodifiableList(allowProblems);
    }

    /** Sets ids of problems that are no reason to fail. */
    @DataBoundSetter
    public void setAllowProblems(List<String> allowProblems) {
        this.allowProblems = Given.names(allowProblems);
    }

    /** {@return whether to go on in spite of problems that may be forced} */
    public boolean isForce() {
        return force;
    }

    /** Sets whether to go on in spite of problems that may be forced. */
    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
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

    @Override
    public VerifyOrder order(UnaryOperator<String> change) {
        return new VerifyOrder(
                destination().with(change),
                ref == null ? null : change.apply(ref),
                new Manner(false, force, allowProblems.stream().map(change).toList(), change.apply(getReason())),
                new ReportFiles(
                        sarif == null ? null : change.apply(sarif), junit == null ? null : change.apply(junit)));
    }

    @Override
    protected Object readResolve() {
        setAllowProblems(allowProblems);
        return super.readResolve();
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

        /** {@return whether allowing problems has a reason} */
        @POST
        public FormValidation doCheckReason(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String allowProblems) {
            return Fields.of(item).reason(value, !Util.fixNull(allowProblems).isBlank());
        }
    }
}
