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

/** Where gates are looked at in this Jenkins: on the page of the build, or of the job while its build is in the queue. */
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
                    .map(job -> URI.create(Util.ensureEndsWith(root, "/") + path(job, gate.subject())));
        } catch (IllegalArgumentException e) {
            // The address of Jenkins itself is none; its own form says so.
            return Optional.empty();
        }
    }

    private static String path(Item job, Subject subject) {
        return job.getUrl() + (subject.build() == 0 ? "waiting-for-approval/" : subject.build() + "/deployment/");
    }

    @Override
    public String otherwise(Gate gate) {
        Subject subject = gate.subject();
        return subject.job().isEmpty() || Jobs.find(subject.job()).isEmpty()
                ? Messages.Pages_gone()
                : Messages.Pages_noAddress(subject.job() + (subject.build() == 0 ? "" : " #" + subject.build()));
    }
}
