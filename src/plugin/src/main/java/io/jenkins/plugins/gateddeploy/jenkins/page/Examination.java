package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Diagnosis;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.problem.Forced;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Ports;
import java.util.List;
import jenkins.model.Jenkins;

/** What was found on the servers of an environment: what is current, who holds the lock, what is wrong, what is kept. */
public final class Examination implements ModelObject {
    /** Whoever may deploy may know beforehand what would make that fail. */
    static final Permission PERMISSION = Permissions.DEPLOY;

    private final Item item;
    private final TargetsPage.Spot spot;
    private final Environment environment;
    private final Diagnosis diagnosis;

    private Examination(Item item, TargetsPage.Spot spot, Environment environment, Diagnosis diagnosis) {
        this.item = item;
        this.spot = spot;
        this.environment = environment;
        this.diagnosis = diagnosis;
    }

    /** Changes nothing. Takes as long as the servers do, at most the time after which connecting is given up. */
    static Examination of(Item item, TargetsPage.Spot spot) throws ProblemException, InterruptedException {
        Configuration configuration = ItemConsole.configuration(spot.last(), spot.getPlace());
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            Ports ports = ByHand.ports(spot.getJob(), Jenkins.ANONYMOUS2);
            Environment environment = new Deployer(ports).look(configuration);
            Diagnosis diagnosis =
                    new Doctor(ports.credentials(), ports.connector(), ports.clock()).examine(configuration);
            return new Examination(item, spot, environment, diagnosis);
        }
    }

    /** {@return below whose page it is} */
    public Item getItem() {
        return item;
    }

    /** {@return which environment} */
    public TargetsPage.Spot getSpot() {
        return spot;
    }

    @Override
    public String getDisplayName() {
        return Messages.Examination_displayName(spot.getApp(), spot.getEnvironment());
    }

    /** {@return what is on each server} */
    public List<Server> getServers() {
        return environment.targets().stream().map(Server::new).toList();
    }

    /** {@return what stands in the way of a deployment, or is worth knowing before one} */
    public List<Checked.Found> getProblems() {
        List<Problem> problems = diagnosis.problems().toList();
        Judgement judgement = new Judgement(problems, Forced.nothing());
        return problems.stream().map(p -> new Checked.Found(p, judgement)).toList();
    }

    /** {@return the releases that are on some server, newest first} */
    public List<Kept> getReleases() {
        return environment.releases().stream().map(Kept::new).toList();
    }

    /** One server. */
    public static final class Server {
        private final Environment.OnTarget target;

        Server(Environment.OnTarget target) {
            this.target = target;
        }

        /** {@return its name} */
        public String getName() {
            return target.target();
        }

        /** {@return the release that is current; empty for none} */
        public String getCurrent() {
            return target.current();
        }

        /** {@return who has the lock; empty when nobody does} */
        public String getHolder() {
            return target.holder();
        }

        /** {@return why nothing can be told; empty when it can} */
        public String getFailure() {
            return target.failure();
        }
    }

    /** A release that is on some server. */
    public static final class Kept {
        private final Environment.Listed listed;

        Kept(Environment.Listed listed) {
            this.listed = listed;
        }

        /** {@return its id} */
        public String getRelease() {
            return listed.release();
        }

        /** {@return tag, commit or what was asked for; empty when somebody else made it} */
        public String getVersion() {
            return listed.about()
                    .map(About::tag)
                    .filter(tag -> !tag.isEmpty())
                    .or(() -> listed.about().map(About::ref))
                    .orElse("");
        }

        /** {@return first line of its commit's message; may be empty} */
        public String getSubject() {
            return listed.about().map(About::subject).orElse("");
        }

        /** {@return the servers that have it} */
        public String getOn() {
            return String.join(", ", listed.on());
        }

        /** {@return the servers on which it is current; may be empty} */
        public String getCurrent() {
            return String.join(", ", listed.current());
        }
    }
}
