package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/** What whoever calls may do with jobs by their names. For one request: what was found out is kept. */
final class VisibleJobs {
    private final Map<String, Boolean> seen = new HashMap<>();
    private final Map<String, Boolean> decided = new HashMap<>();

    /** {@return whether what the job asked for may be seen; when it is gone, administrators alone see that} */
    boolean sees(String job) {
        return seen.computeIfAbsent(
                job,
                name -> Jobs.find(name)
                        .map(found -> found.hasPermission(Item.READ))
                        .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.ADMINISTER)));
    }

    /** {@return whether its gates may be decided} Whoever approves has to be somebody, even where all may do all. */
    boolean decides(String job) {
        return decided.computeIfAbsent(
                job,
                name -> !ACL.isAnonymous2(Jenkins.getAuthentication2())
                        && Jobs.find(name)
                                .filter(found -> found.hasPermission(Permissions.APPROVE))
                                .isPresent());
    }
}
