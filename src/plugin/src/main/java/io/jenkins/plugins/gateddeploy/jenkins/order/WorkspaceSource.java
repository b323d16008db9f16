package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder of the workspace that is deployed instead of a commit: what a build has made. */
public final class WorkspaceSource extends AbstractDescribableImpl<WorkspaceSource> implements Serializable {
    private static final long serialVersionUID = 1;
    private static final String EVERYTHING = "**";

    private final String workspace;
    private String includes = EVERYTHING;
    private String excludes = "";

    /** @param workspace path of the folder in the workspace; {@code .} for all of it */
    @DataBoundConstructor
    public WorkspaceSource(String workspace) {
        this.workspace = Util.fixNull(workspace).strip();
    }

    /** {@return the path of the folder in the workspace} */
    public String getWorkspace() {
        return workspace;
    }

    /** {@return Ant patterns of what belongs to the version, separated by commas} */
    public String getIncludes() {
        return includes;
    }

    /** Sets Ant patterns of what belongs to the version, separated by commas; empty for everything. */
    @DataBoundSetter
    public void setIncludes(String includes) {
        String given = Util.fixNull(includes).strip();
        this.includes = given.isEmpty() ? EVERYTHING : given;
    }

    /** {@return Ant patterns of what does not, separated by commas} */
    public String getExcludes() {
        return excludes;
    }

    /** Sets Ant patterns of what does not belong to the version, separated by commas. */
    @DataBoundSetter
    public void setExcludes(String excludes) {
        this.excludes = Util.fixNull(excludes).strip();
    }

    /** {@return the patterns of what belongs to the version} */
    List<String> included() {
        return Names.split(includes, ",");
    }

    /** {@return the patterns of what does not} */
    List<String> excluded() {
        return Names.split(excludes, ",");
    }

    /** {@return the same, with its texts changed} */
    public WorkspaceSource with(UnaryOperator<String> change) {
        WorkspaceSource changed = new WorkspaceSource(change.apply(workspace));
        changed.setIncludes(change.apply(includes));
        changed.setExcludes(change.apply(excludes));
        return changed;
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WorkspaceSource> {
        @Override
        public String getDisplayName() {
            return Messages.WorkspaceSource_displayName();
        }

        /** {@return whether the folder is one of the workspace} */
        @POST
        public FormValidation doCheckWorkspace(@AncestorInPath Item item, @QueryParameter String value) {
            return Fields.of(item).path(value);
        }
    }
}
