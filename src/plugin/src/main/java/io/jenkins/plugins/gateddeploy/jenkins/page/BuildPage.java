package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.console.document.EvidenceDocument;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.DeploymentAction;
import io.jenkins.plugins.gateddeploy.jenkins.order.Kept;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import jenkins.security.stapler.StaplerDispatchable;
import org.kohsuke.stapler.Stapler;

/** The page "Deployment" of a build: what it deployed where, and while it waits, the gate. */
public final class BuildPage implements Action {
    private final Run<?, ?> build;
    private final DeploymentAction known;

    BuildPage(Run<?, ?> build, DeploymentAction known) {
        this.build = build;
        this.known = known;
    }

    /** {@return whose page it is} */
    public Run<?, ?> getBuild() {
        return build;
    }

    /** {@return what people should look at before they decide} */
    public List<EvidenceDocument> getEvidence() {
        return Evidence.of(build, Stapler.getCurrentRequest2().getContextPath());
    }

    /** {@return the pages of the gates it waits at} */
    @StaplerDispatchable
    public GatePage.All getGates() {
        return new GatePage.All(build, build.getUrl() + "deployment/", Scope.of(build.getParent()));
    }

    /** {@return the deployments for the summary on the build's page, as the history has them now} */
    public List<Summary> getSummaries() {
        return deployments().stream().map(Summary::of).toList();
    }

    private List<DeploymentRecord> deployments() {
        History history = JenkinsHost.get().history();
        return known.getDeployments().stream()
                .flatMap(d -> history.find(d.getId()).stream())
                .toList();
    }

    /**
     * {@return what checks found for each environment, where they found something that the page does not show with a
     * deployment}
     *
     * @throws IOException when what was kept cannot be read
     */
    public List<Checked> getChecked() throws IOException {
        List<DeploymentRecord> deployments = deployments();
        return Kept.plans(build).stream()
                .map(plan -> Checked.beside(deployments, plan))
                .filter(checked -> !checked.getProblems().isEmpty())
                .toList();
    }

    /** {@return the API that the page reads} */
    public Api getApi() {
        return new Api(Scope.of(build.getParent()));
    }

    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildPage_displayName();
    }

    @Override
    public String getUrlName() {
        return "deployment";
    }

    /**
     * A deployment in one line.
     *
     * @param title what was deployed where
     * @param state where it stands
     * @param waiting whether people are asked
     * @param forced ids of the problems that were let pass; empty for none
     */
    public record Summary(String title, String state, boolean waiting, String forced) {
        static Summary of(DeploymentRecord r) {
            String version = r.tag().isEmpty()
                    ? r.commit().substring(0, Math.min(7, r.commit().length()))
                    : r.tag();
            String what = version.isEmpty() ? r.ref() : version;
            String title = Messages.BuildPage_summary(r.number(), what, r.app(), r.environment());
            boolean waiting = r.state() == io.jenkins.plugins.gateddeploy.history.State.HELD;
            return new Summary(
                    title,
                    States.name(r.state()),
                    waiting,
                    String.join(", ", r.judgement().forced().ids()));
        }

        /** {@return what was deployed where} */
        public String getTitle() {
            return title;
        }

        /** {@return where it stands} */
        public String getState() {
            return state;
        }

        /** {@return ids of the problems that were let pass; empty for none} */
        public String getForced() {
            return forced;
        }

        /** {@return whether people are asked} */
        public boolean isWaiting() {
            return waiting;
        }
    }

    /** Gives builds their page that have something to show there. */
    @Extension
    @SuppressWarnings("rawtypes") // the type of the factory's argument is one
    public static final class Factory extends TransientActionFactory<Run> {
        @Override
        public Class<Run> type() {
            return Run.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return BuildPage.class;
        }

        @Override
        public Collection<? extends Action> createFor(Run build) {
            DeploymentAction known = build.getAction(DeploymentAction.class);
            return known == null ? List.of() : List.of(new BuildPage(build, known));
        }
    }
}
