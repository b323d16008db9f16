package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Extension;
import hudson.model.RootAction;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.stapler.StaplerDispatchable;

/** The page "Deployments" of Jenkins itself: every application by its environments, as far as a person may see them. */
@Extension
public final class RootPage implements RootAction {
    static final String URL = "gated-deploy";
    /** In this time the very first deployment may go without a link here. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private transient volatile Known known;

    private record Known(List<History.Site> sites, long nanos) {}

    /** {@return the API that the page reads} */
    public Api getApi() {
        return new Api(Scope.everything());
    }

    /** {@return the pages of gates, also of those whose builds are gone} */
    @StaplerDispatchable
    public GatePage.All getGates() {
        return new GatePage.All(Jenkins.get(), URL + "/", Scope.everything());
    }

    /** {@return the page of all deployments, and below it that of each} */
    @StaplerDispatchable
    public ListPage getDeployments() {
        return new ListPage(Scope.everything());
    }

    /** Is on the side panel of those who would see something. */
    @Override
    public String getIconFileName() {
        VisibleJobs jobs = new VisibleJobs();
        return sites().stream().anyMatch(site -> jobs.sees(site.job()))
                ? "symbol-rocket-outline plugin-ionicons-api"
                : null;
    }

    private List<History.Site> sites() {
        Known before = known;
        if (before == null || System.nanoTime() - before.nanos > KNOWN_FOR.toNanos()) {
            before = new Known(JenkinsHost.get().history().sites(), System.nanoTime());
            known = before;
        }
        return before.sites;
    }

    @Override
    public String getDisplayName() {
        return Messages.JobPage_displayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }
}
