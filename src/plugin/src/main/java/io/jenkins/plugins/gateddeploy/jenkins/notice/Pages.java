package io.jenkins.plugins.gateddeploy.jenkins.notice;

import hudson.Util;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Subject;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.notice.Directions;
import java.net.URI;
import java.util.Optional;
import jenkins.model.JenkinsLocationConfiguration;

/**
 * Where gates are looked at in this Jenkins: on their own page below the build, or of what a person deploys by hand below
 * all deployments; on the page of the job while its build is in the queue.
 */
final class Pages implements Directions {
    @Override
    public Optional<URI> link(Gate gate) {
        String root = Util.fixNull(JenkinsLocationConfiguration.get().getUrl());
        if (root.isEmpty()) {
            return Optional.empty();
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return Jobs.find(gate.subject().job())
                    .map(job -> URI.create(Util.ensureEndsWith(root, "/") + path(job, gate)));
        } catch (IllegalArgumentException e) {
            // The address of Jenkins itself is none; its own form says so.
            return Optional.empty();
        }
    }

    private static String path(Item job, Gate gate) {
        String page = "gates/" + Util.rawEncode(gate.id());
        Subject subject = gate.subject();
        if (subject.build() > 0) {
            return job.getUrl() + subject.build() + "/deployment/" + page;
        }
        // A build in the queue has announced no deployment yet.
        return subject.deployment().isEmpty() ? job.getUrl() + "waiting-for-approval/" : "gated-deploy/" + page;
    }

    @Override
    public String otherwise(Gate gate) {
        Subject subject = gate.subject();
        return subject.job().isEmpty() || Jobs.find(subject.job()).isEmpty()
                ? Messages.Pages_gone()
                : Messages.Pages_noAddress(subject.job() + (subject.build() == 0 ? "" : " #" + subject.build()));
    }
}
