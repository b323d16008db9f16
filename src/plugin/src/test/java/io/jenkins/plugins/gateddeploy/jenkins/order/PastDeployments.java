package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.model.Item;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.history.Event;
import io.jenkins.plugins.gateddeploy.history.Origin;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.release.Mandate;
import io.jenkins.plugins.gateddeploy.release.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** Deployments in the history that nobody has made: what is kept of them is there. */
public final class PastDeployments {
    private static final String TOML = """
            app = "shop"

            [release]
            path = "/srv/shop"

            [environments.production]
            targets = ["deploy@127.0.0.1:1"]
            credentials = "unheard-of"
            """;

    private PastDeployments() {}

    /** {@return one to production that has succeeded, with its deploy.toml} */
    public static DeploymentRecord succeeded(Item job, Authentication person, int build) throws Exception {
        DeploymentRecord record = announced(job, person, build);
        JenkinsHost.get()
                .history()
                .advance(new Event(record.id(), Instant.now(), State.SUCCEEDED, ""), Set.of(State.QUEUED));
        return record;
    }

    /** {@return one that a person has asked for on a page, and that waits} */
    public static DeploymentRecord waiting(Item job, Authentication person, DeploymentRecord last) throws Exception {
        DeploymentRecord record = announced(job, person, 0);
        Wish wish = new Wish("main", "deploy.toml", List.of(), List.of(), false, "", "", "");
        new Errand(record.id(), last.id(), person.getName(), wish).keep();
        new Waiting(ByHand.ports(job, person)).hold(record.id(), "It waits.");
        return record;
    }

    private static DeploymentRecord announced(Item job, Authentication person, int build) throws Exception {
        Configurations.Source file = new Configurations.Source("deploy.toml", TOML);
        Configuration configuration = file.configuration("production");
        Mandate mandate = Mandate.of(new Origin(job.getFullName(), build, job.getFullName()), List.of());
        DeploymentRecord record =
                new Waiting(ByHand.ports(job, person)).announce(configuration, Kind.DEPLOY, "main", mandate);
        Kept.keep(record, file);
        return record;
    }
}
