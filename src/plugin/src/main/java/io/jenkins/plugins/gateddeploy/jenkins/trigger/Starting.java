package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.model.CauseAction;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.trigger.Forge;
import io.jenkins.plugins.gateddeploy.trigger.Push;
import io.jenkins.plugins.gateddeploy.trigger.RepositoryName;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMSourceOwner;
import jenkins.scm.api.SCMSourceOwners;

/** Starts what a push is for. */
final class Starting {
    private Starting() {}

    /** {@return how many jobs were started, and multibranch projects told to look; none knows the repository when 0} */
    static int by(Forge forge, Push push) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            int found = 0;
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                found += start(job, forge, push) ? 1 : 0;
            }
            for (SCMSourceOwner owner : SCMSourceOwners.all()) {
                found += look(owner, forge, push) ? 1 : 0;
            }
            return found;
        }
    }

    private static boolean start(Job<?, ?> job, Forge forge, Push push) {
        PushTrigger trigger = ParameterizedJobMixIn.getTrigger(job, PushTrigger.class);
        if (trigger == null || !(job instanceof ParameterizedJob<?, ?> startable)) {
            return false;
        }
        Optional<String> address = trigger.match(job, push);
        if (address.isEmpty() || !startable.isBuildable()) {
            return false;
        }
        ParameterizedJobMixIn.scheduleBuild2(
                job,
                startable.getQuietPeriod(),
                new CauseAction(new PushCause(forge, shown(address.get()), push)),
                Started.push(push.reference(), push.commit()));
        return true;
    }

    /** The indexing finds what is new, and builds it as the project is configured to. */
    private static boolean look(SCMSourceOwner owner, Forge forge, Push push) {
        Optional<String> address = owner.getSCMSources().stream()
                .flatMap(source -> source instanceof AbstractGitSCMSource git
                        ? Stream.ofNullable(git.getRemote())
                        : Stream.empty())
                .filter(remote -> push.repositories().stream().anyMatch(a -> RepositoryName.isSame(a, remote)))
                .findFirst();
        if (address.isEmpty() || !(owner instanceof ComputedFolder<?> project) || !project.isBuildable()) {
            return false;
        }
        return project.scheduleBuild2(0, new CauseAction(new PushCause(forge, shown(address.get()), push))) != null;
    }

    /** Without the user, which may be a token. */
    private static String shown(String address) {
        return RepositoryName.of(address).orElse(address);
    }
}
