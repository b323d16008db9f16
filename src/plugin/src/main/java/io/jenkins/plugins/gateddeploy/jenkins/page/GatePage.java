package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.util.Optional;

/** The page of one gate: what waits, what to look at, and the decision. */
public final class GatePage implements ModelObject {
    private final ModelObject owner;
    private final String base;
    private final Scope scope;
    private final Gate gate;

    private GatePage(Site site, Gate gate) {
        this.owner = site.owner;
        this.base = site.base;
        this.scope = site.scope;
        this.gate = gate;
    }

    /**
     * Where pages of gates are.
     *
     * @param owner whose side panel they have
     * @param base address of what they lie below, relative to Jenkins' own; ends with a slash
     * @param scope whose gates
     */
    private record Site(ModelObject owner, String base, Scope scope) {}

    /** The pages of gates below another page: {@code gates/ID}. */
    public static final class All {
        private final Site site;

        /**
         * @param owner whose side panel they have
         * @param base address of what they lie below, relative to Jenkins' own; ends with a slash
         */
        All(ModelObject owner, String base, Scope scope) {
            this.site = new Site(owner, base, scope);
        }

        /**
         * {@return the page of one gate; null when there is none here, or none that whoever calls may see}
         *
         * @param id of the gate
         */
        public GatePage getDynamic(String id) {
            return find(id).orElse(null);
        }

        private Optional<GatePage> find(String id) {
            site.scope.check();
            Viewer.Permissions viewing = site.scope.viewing();
            return JenkinsHost.get()
                    .history()
                    .gates()
                    .find(id)
                    .filter(g ->
                            viewing.may(Act.VIEW, g.subject().app(), g.subject().environment()))
                    .filter(g -> viewing.sees(g.subject().job()))
                    .map(g -> new GatePage(site, g));
        }
    }

    /** {@return whose side panel it has} */
    public ModelObject getOwner() {
        return owner;
    }

    /** {@return address of what it lies below, relative to Jenkins' own; ends with a slash} */
    public String getBase() {
        return base;
    }

    /** {@return the addresses of the pages of deployments, with {@code {id}} for the id; relative to Jenkins' own} */
    public String getDeploymentHref() {
        return scope.deploymentHref();
    }

    /** {@return the gate's id} */
    public String getId() {
        return gate.id();
    }

    @Override
    public String getDisplayName() {
        return Messages.GatePage_displayName(
                        gate.subject().app(), gate.subject().environment())
                .strip();
    }
}
