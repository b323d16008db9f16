package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.Kind;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Says from where to where a rollback would go, without going. */
public final class Ways {
    private final Ports ports;

    /** @param ports what the host brings */
    public Ways(Ports ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * From one release to another.
     *
     * @param from what is current
     * @param to what is gone back to
     */
    public record Way(About from, About to) {}

    /**
     * {@return the way back}
     *
     * @param wanted as for a rollback
     * @throws ProblemException when a target cannot be looked at, the targets differ in what is current, or there is no
     *     such release
     * @throws InterruptedException when interrupted
     */
    public Way back(Configuration configuration, String wanted) throws ProblemException, InterruptedException {
        return way(look(configuration), wanted);
    }

    /**
     * {@return what people are asked about before an environment goes back: by its own rules, or anybody when it has
     * none} The plan is about that release and the configuration as it is now, and no approval of a deployment counts for
     * it.
     *
     * @param request the rollback, with what the host asks for by itself
     * @param way where it goes
     * @param undo as for the rollback
     */
    public Plan plan(Deployer.Request request, Way way, boolean undo) {
        List<Plan.Current> current = request.configuration().targets().stream()
                .map(t -> new Plan.Current(
                        t.name(), way.from().release(), way.from().commit(), ""))
                .toList();
        return new GoingBack(request.configuration(), request.mandate().rules(), request.skip(), undo)
                .plan(way.to(), List.of(way.from()), current);
    }

    /**
     * What it takes to make a version current somewhere.
     *
     * @param kind whether by going back, or by deploying
     * @param ref the release to go back to, or the commit to deploy
     */
    public record Bringing(Kind kind, String ref) {}

    /**
     * {@return what it takes to make the version of a release current in another environment; empty when it is current
     * there already} So it can wait for its turn there under its name, and nothing waits that has nothing to do.
     *
     * @param request about the other environment
     * @param then the environment that follows when people have agreed
     * @param wanted the release whose version it is
     * @throws ProblemException as {@link #bring}
     * @throws InterruptedException when interrupted
     */
    public Optional<Bringing> bringing(Deployer.Request request, Configuration then, About wanted)
            throws ProblemException, InterruptedException {
        refuseSame(request.configuration(), then);
        Releases releases = new Releases(look(request.configuration()));
        boolean there = releases.current().stream().allMatch(r -> isOf(wanted, releases, r));
        if (there && !releases.current().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> release = releases.available().descendingSet().stream()
                .filter(r -> isOf(wanted, releases, r))
                .findFirst();
        if (release.isEmpty() && !canBeMade(request, wanted)) {
            throw new ProblemException(
                    "release.unknown",
                    "No release of " + wanted.label() + " is in "
                            + request.configuration().environment() + ", and it cannot be made there.",
                    "Go back without going there first.");
        }
        return Optional.of(release.map(r -> new Bringing(Kind.ROLLBACK, r))
                .orElseGet(() -> new Bringing(Kind.DEPLOY, wanted.commit())));
    }

    /**
     * Makes the version of a release current in another environment, so that people can look at it there: by going back
     * to a release of it, or by deploying it. A deployment that was announced for that goes on as what it was announced
     * as, and is cancelled when the version has become current there while it waited.
     *
     * @param request about the other environment
     * @param then the environment that follows when people have agreed
     * @param wanted the release whose version it is
     * @return how that ended; empty when it is current there already
     * @throws ProblemException when it can be had in neither way, the request makes no sense, or both are one place, so
     *     that nobody could be asked before ({@code rollback.via})
     * @throws InterruptedException when interrupted
     */
    public Optional<Result> bring(Deployer.Request request, Configuration then, About wanted)
            throws ProblemException, InterruptedException {
        Optional<DeploymentRecord> announced =
                ports.history().find(request.mandate().deployment());
        Optional<Bringing> bringing = bringing(request, then, wanted);
        if (bringing.isEmpty()) {
            String why = wanted.label() + " has become current in "
                    + request.configuration().environment() + " while this waited.";
            announced.ifPresent(record -> new Waiting(ports).cancel(record.id(), why));
            return Optional.empty();
        }
        Kind kind = announced.map(DeploymentRecord::kind).orElse(bringing.get().kind());
        Deployer deployer = new Deployer(ports);
        if (kind == Kind.DEPLOY && canBeMade(request, wanted)) {
            return Optional.of(deployer.deploy(request, request.repository().resolve(wanted.commit())));
        }
        if (kind != bringing.get().kind()) {
            throw new ProblemException(
                    "release.unknown",
                    "What was to bring " + wanted.label() + " to "
                            + request.configuration().environment() + " is gone since this waits.",
                    "Begin again.");
        }
        return Optional.of(deployer.rollback(request, bringing.get().ref(), false));
    }

    private static boolean isOf(About wanted, Releases releases, String release) {
        return releases.about(release)
                .filter(about -> about.commit().equals(wanted.commit()))
                .isPresent();
    }

    /** The digest of a folder is no name that git knows. */
    private static boolean canBeMade(Deployer.Request request, About wanted) {
        return request.repository() != null && wanted.commit().length() == 40;
    }

    private static void refuseSame(Configuration first, Configuration then) throws ProblemException {
        boolean samePath = first.release().path().equals(then.release().path());
        boolean sameServer = first.targets().stream()
                .anyMatch(t ->
                        then.targets().stream().anyMatch(o -> o.host().equals(t.host()) && o.port() == t.port()));
        if (first.environment().equals(then.environment()) || (samePath && sameServer)) {
            throw new ProblemException(
                    "rollback.via",
                    "Going back in " + then.environment() + " by way of " + first.environment()
                            + " would change it before people were asked: "
                            + (first.environment().equals(then.environment())
                                    ? "that is the same environment."
                                    : "both are at " + then.release().path() + " of the same server."),
                    "Name another environment, or go back without going there first.");
        }
    }

    private Map<Target, TargetState> look(Configuration configuration) throws ProblemException, InterruptedException {
        Targets.Access access = Admission.access(configuration, configuration.targets(), ports.credentials());
        try (Targets targets = ports.connector().open(access)) {
            Looked looked = Looked.at(configuration, access.targets(), true, targets::run);
            if (!looked.failures().isEmpty()) {
                List<String> failures = new ArrayList<>();
                looked.failures().forEach((target, why) -> failures.add(target.name() + ": " + why));
                throw new ProblemException(
                        "release.unseen",
                        "Nobody can tell what is current in " + configuration.environment() + ": "
                                + String.join("; ", failures) + ".",
                        "Mend the targets first.");
            }
            return looked.states();
        }
    }

    private static Way way(Map<Target, TargetState> states, String wanted) throws ProblemException {
        Releases releases = new Releases(states);
        if (releases.current().size() != 1) {
            throw new ProblemException(
                    "release.differs",
                    releases.current().isEmpty()
                            ? "No release is current."
                            : "The targets differ in what is current: " + String.join(", ", releases.current()) + ".",
                    "Bring them to one release first.");
        }
        String current = releases.current().iterator().next();
        return new Way(about(releases, current), about(releases, releases.find(wanted)));
    }

    private static About about(Releases releases, String release) throws ProblemException {
        return releases.about(release)
                .orElseThrow(() -> new ProblemException(
                        "release.unknown",
                        "Nothing is known of the release " + release + ", not even its commit.",
                        releases.choices()));
    }
}
