package io.jenkins.plugins.gateddeploy.jenkins.registration;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.StaplerRequest2;

/** The environments that are registered on a folder, for the jobs below it. */
public final class FolderEnvironments extends AbstractFolderProperty<AbstractFolder<?>> {
    private List<RegisteredEnvironment> environments;

    /** @param environments null for none */
    @DataBoundConstructor
    public FolderEnvironments(List<RegisteredEnvironment> environments) {
        this.environments = environments == null ? new ArrayList<>() : new ArrayList<>(environments);
    }

    private Object readResolve() {
        environments = environments == null ? new ArrayList<>() : environments;
        return this;
    }

    /** {@return the environments} */
    public List<RegisteredEnvironment> getEnvironments() {
        return List.copyOf(environments);
    }

    /** Describes it. */
    @Extension
    @Symbol("registeredEnvironments")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.FolderEnvironments_DisplayName();
        }

        /** {@inheritDoc} None when there are no environments, so that other folders' files stay as they are. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            FolderEnvironments made = (FolderEnvironments) super.newInstance(request, form);
            return made == null || made.environments.isEmpty() ? null : made;
        }
    }
}
