package io.jenkins.plugins.gateddeploy.jenkins.page;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/**
 * The page "Deployments" of a job, or of a multibranch project for all its branches: what is current where, and where
 * one may go back to. Reads the history and loads no build.
 */
public final class JobPage implements Action {
    static final String URL = "deployments";

    private final Item item;

    JobPage(Item item) {
        this.item = item;
    }

    /** {@return whose page it is} */
    public Item getItem() {
        return item;
    }

    /** {@return the API that the page reads} */
    public Api getApi() {
        return new Api(Scope.of(item));
    }

    /** {@return the page about the servers of the job's environments} */
    public TargetsPage getTargets() {
        item.checkPermission(Item.READ);
        return new TargetsPage(item);
    }

    /** {@return the page from which people deploy by hand} */
    public DeployPage getDeploy() {
        item.checkPermission(Item.READ);
        return new DeployPage(item);
    }

    /** {@return whether the reader may deploy from some job here; says nothing about each environment} */
    public boolean isDeployable() {
        return item.hasPermission(Permissions.DEPLOY);
    }

    /**
     * {@return the page of one deployment; null when there is none here, or none that may be seen}
     *
     * @param id of the deployment
     */
    public DeploymentPage getDynamic(String id) {
        return DeploymentPage.find(Scope.of(item), id).orElse(null);
    }

    @Override
    public String getIconFileName() {
        return JobsThatDeploy.get().contains(item.getFullName()) ? "symbol-rocket-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.JobPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    /** Gives jobs their page. */
    @Extension
    @SuppressWarnings("rawtypes") // the type of the factory's argument is one
    public static final class OfJobs extends TransientActionFactory<Job> {
        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return List.of(new JobPage(job));
        }
    }

    /** Gives multibranch projects their page. */
    @Extension
    @SuppressWarnings("rawtypes") // the type of the factory's argument is one
    public static final class OfMultibranchProjects extends TransientActionFactory<ComputedFolder> {
        @Override
        public Class<ComputedFolder> type() {
            return ComputedFolder.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(ComputedFolder folder) {
            return List.of(new JobPage(folder));
        }
    }
}
