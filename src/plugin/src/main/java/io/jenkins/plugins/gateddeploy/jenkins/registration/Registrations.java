package io.jenkins.plugins.gateddeploy.jenkins.registration;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Run;
import hudson.model.Saveable;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.config.Freeze;
import io.jenkins.plugins.gateddeploy.config.Hours;
import io.jenkins.plugins.gateddeploy.config.Opening;
import io.jenkins.plugins.gateddeploy.config.OpeningText;
import io.jenkins.plugins.gateddeploy.config.Outside;
import io.jenkins.plugins.gateddeploy.config.Terms;
import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.jenkins.host.Actors;
import io.jenkins.plugins.gateddeploy.jenkins.host.Root;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Attempt;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.registration.Registration;
import io.jenkins.plugins.gateddeploy.registration.Ruling;
import io.jenkins.plugins.gateddeploy.registration.Scope;
import io.jenkins.plugins.gateddeploy.registration.Starts;
import io.jenkins.plugins.gateddeploy.registration.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;

/** The one place to ask whether somebody may deploy or roll back. May ask the security realm's server: takes its time. */
public final class Registrations {
    /** The shortest time that anybody asks for counts, so this leaves the choice to deploy.toml and the step. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private Registrations() {}

    /**
     * {@return what a build has to keep to, whose root is whoever started it}
     *
     * @throws ProblemException {@code registration.missing}, {@code .job}, {@code .permission}, {@code .person}, {@code
     *     .timer}, {@code .scm} or {@code .starter}, all that stand against it at once
     */
    public static Admission check(Run<?, ?> build, Act act, Place place) throws ProblemException {
        return check(build.getParent(), Actors.root(build), act, place);
    }

    /**
     * {@return what a person has to keep to who does it from a page of a job}
     *
     * @param person as they are logged in
     * @throws ProblemException as for a build
     */
    public static Admission check(Item job, Authentication person, Act act, Place place) throws ProblemException {
        return check(job, Actors.root(person), act, place);
    }

    /** {@return when deployments of a job may start at a place, by each registration that says something about that} */
    public static List<Opening> openings(Item job, Place place) {
        // Who is named in them makes no difference to that.
        Actor nobody = new Actor("", "", Set.of());
        return Registration.openings(all(job, nobody), place, job.getFullName());
    }

    /** {@return whether registrations are among what was saved} */
    public static boolean areIn(Saveable saved) {
        return saved instanceof GatedDeployConfiguration || saved instanceof AbstractFolder<?>;
    }

    private static Admission check(Item job, Root root, Act act, Place place) throws ProblemException {
        Attempt attempt = new Attempt(place, act, job.getFullName(), root.starter(job, Permissions.of(act)));
        Ruling ruling = Ruling.on(
                attempt, all(job, root.actor()), GatedDeployConfiguration.get().isRefuseUnregistered());
        return new Admission(root.actor(), ruling.clauses(), ruling.forcing(), ruling.warnings(), ruling.doors());
    }

    /** {@return all that concern a job, its environment aside; names of people as the actor's are spelled} */
    private static List<Registration> all(Item job, Actor actor) {
        Spelling spelling = Spelling.of(actor);
        List<Registration> all = new ArrayList<>();
        for (RegisteredEnvironment registered : GatedDeployConfiguration.get().getEnvironments()) {
            all.add(registration(registered, scope(registered), spelling));
        }
        for (ItemGroup<?> group = job.getParent(); group instanceof Item; group = ((Item) group).getParent()) {
            if (group instanceof AbstractFolder<?> folder) {
                all.addAll(of(folder, spelling));
            }
        }
        return all;
    }

    private static List<Registration> of(AbstractFolder<?> folder, Spelling spelling) {
        FolderEnvironments property = folder.getProperties().get(FolderEnvironments.class);
        if (property == null) {
            return List.of();
        }
        return property.getEnvironments().stream()
                .map(registered -> registration(registered, scope(folder, registered), spelling))
                .toList();
    }

    /** {@return whom a registration of all of Jenkins is about} */
    static Scope scope(RegisteredEnvironment registered) {
        return new Scope(Messages.Registrations_ByJenkins(), "", registered.getJobs());
    }

    /** {@return whom a folder's registration is about} */
    static Scope scope(AbstractFolder<?> folder, RegisteredEnvironment registered) {
        String name = folder.getFullName();
        List<String> jobs =
                registered.getJobs().stream().map(job -> name + "/" + job).toList();
        return new Scope(Messages.Registrations_ByFolder(name), name, jobs);
    }

    private static Registration registration(RegisteredEnvironment registered, Scope scope, Spelling spelling) {
        return new Registration(
                new Place(registered.getApplication(), registered.getEnvironment()),
                scope,
                new Starts(
                        spelling.names(registered.getDeployers()),
                        registered.isStartedByTimer(),
                        registered.isStartedByScm()),
                approval(registered),
                new ForcingRules(Set.copyOf(registered.getNotForceable()), registered.isForcingNeedsReason()),
                times(registered, spelling));
    }

    private static Times times(RegisteredEnvironment registered, Spelling spelling) {
        Written<Hours> windows = Written.of(registered.getWindows(), OpeningText::window);
        Written<Freeze> freezes = Written.of(registered.getFreezes(), OpeningText::freeze);
        List<String> unreadable = new ArrayList<>(windows.unreadable());
        unreadable.addAll(freezes.unreadable());
        Outside outside = registered.isWaitsOutside() ? Outside.WAIT : Outside.REFUSE;
        return new Times(
                new Opening(windows.values(), freezes.values(), outside),
                spelling.names(registered.getEmergency()),
                unreadable);
    }

    private static Optional<Clause> approval(RegisteredEnvironment registered) {
        // Who names approvers wants at least one of them to be asked.
        boolean named =
                !registered.getApprovers().isEmpty() || !registered.getAllOf().isEmpty();
        int required = Math.max(registered.getRequired(), named ? 1 : 0);
        return required == 0
                ? Optional.empty()
                : Optional.of(new Clause(
                        Spelling.ofUsers(registered.getApprovers()),
                        required,
                        registered.isAuthorMayApprove(),
                        LONGEST_WAIT,
                        Clause.Source.REGISTRATION,
                        Terms.none()
                                .withAllOf(Spelling.ofUsers(registered.getAllOf()))
                                .withRequester(registered.isRequesterMayApprove()),
                        registered.getAuto()));
    }
}
