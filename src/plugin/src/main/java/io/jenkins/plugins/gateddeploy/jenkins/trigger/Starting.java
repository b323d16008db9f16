package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import com.cloudbees.hudson.plugins.folder.computed.ComputedFolder;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.jenkins.host.Started;
import io.jenkins.plugins.gateddeploy.trigger.Forge;
import io.jenkins.plugins.gateddeploy.trigger.Push;
import io.jenkins.plugins.gateddeploy.trigger.RepositoryName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMSourceOwner;
import jenkins.scm.api.SCMSourceOwners;

/** Starts what a push is for. */
final class Starting {
    private static final Logger LOGGER = Logger.getLogger(Starting.class.getName());

    private Starting() {}

    /**
     * What became of a push.
     *
     * @param started how many jobs were started, and multibranch projects told to look
     * @param failed how many of them could not be, which the log of Jenkins names; none knows the repository when both
     *     are 0
     */
    record Outcome(int started, int failed) {}

    /** Starts all that there is, whatever is wrong with one of them. */
    static Outcome by(Forge forge, Push push) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            List<End> ends = new ArrayList<>();
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                ends.add(attempt(job, () -> start(job, forge, push)));
            }
            for (SCMSourceOwner owner : SCMSourceOwners.all()) {
                ends.add(attempt(owner, () -> look(owner, forge, push)));
            }
            return new Outcome(Collections.frequency(ends, End.STARTED), Collections.frequency(ends, End.FAILED));
        }
    }

    private enum End {
        STARTED,
        NOT_MEANT,
        FAILED
    }

    private static End attempt(Item item, BooleanSupplier start) {
        try {
            return start.getAsBoolean() ? End.STARTED : End.NOT_MEANT;
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> item.getFullName() + " could not be started by a push");
            return End.FAILED;
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
