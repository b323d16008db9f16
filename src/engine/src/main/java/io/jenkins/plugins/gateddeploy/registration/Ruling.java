package io.jenkins.plugins.gateddeploy.registration;

import io.jenkins.plugins.gateddeploy.gate.Clause;
import io.jenkins.plugins.gateddeploy.problem.ForcingRules;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.registration.Starter.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether an attempt may go on. Every registration that concerns it has to agree, so that one can only tighten what
 * another says, never loosen it; a person needs the host's permission besides.
 *
 * @param registrations those that concern it; empty when nobody registered the environment
 * @param problems what stands against it, all at once; warnings do not stop it
 * @param attempt what it is about
 */
public record Ruling(List<Registration> registrations, List<Problem> problems, Attempt attempt) {
    public Ruling {
        registrations = List.copyOf(registrations);
        problems = List.copyOf(problems);
    }

    /**
     * {@return the ruling on an attempt}
     *
     * @param all registrations of the host; those of other environments and folders are passed over
     * @param refuseUnregistered whether an environment that nobody registered is out of bounds
     */
    public static Ruling on(Attempt attempt, List<Registration> all, boolean refuseUnregistered) {
        List<Registration> concerned =
                all.stream().filter(r -> r.concerns(attempt)).toList();
        List<Problem> problems = new ArrayList<>();
        if (concerned.isEmpty()) {
            problems.add(missing(attempt, refuseUnregistered));
        }
        if (attempt.starter().kind() == Kind.PERSON && !attempt.starter().permitted()) {
            problems.add(notPermitted(attempt));
        }
        for (Registration registration : concerned) {
            if (!registration.scope().lets(attempt.job())) {
                problems.add(otherJob(attempt, registration));
            }
            refusal(attempt, registration, problems);
            if (attempt.act() == Act.DEPLOY) {
                registration
                        .times()
                        .unreadable()
                        .forEach(what -> problems.add(unreadable(attempt, registration, what)));
            }
        }
        return new Ruling(concerned, problems, attempt);
    }

    /**
     * Goes on, or not.
     *
     * @return what should be said although it goes on
     * @throws ProblemException with every error, when there is one
     */
    public List<Problem> warnings() throws ProblemException {
        List<Problem> errors =
                problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
        if (!errors.isEmpty()) {
            throw new ProblemException(errors);
        }
        return problems;
    }

    /** {@return what a gate has to ask for, by each registration that asks for it} */
    public List<Clause> clauses() {
        return registrations.stream()
                .flatMap(r -> r.approval().stream())
                .distinct()
                .toList();
    }

    /** {@return what may be forced: the strictest of all registrations} */
    public ForcingRules forcing() {
        return registrations.stream().map(Registration::forcing).reduce(ForcingRules.none(), ForcingRules::and);
    }

    /** {@return at which times it may go on} */
    public Doors doors() {
        List<Problem> against = new ArrayList<>();
        if (registrations.isEmpty()) {
            against.add(emergency("nobody has registered " + attempt.place()));
        }
        for (Registration registration : registrations) {
            boolean person = attempt.starter().kind() == Kind.PERSON;
            if (!person || !registration.times().lets(attempt.starter().actor())) {
                List<String> named = registration.times().emergency();
                against.add(emergency(registration.scope().from() + " lets "
                        + (named.isEmpty() ? "nobody" : "only " + String.join(", ", named)) + " do that in "
                        + attempt.place()));
            }
        }
        return new Doors(registrations.stream().map(r -> r.times().opening()).toList(), against);
    }

    private Problem emergency(String why) {
        return Problem.error(
                "registration.emergency",
                who(attempt) + " may not deploy past windows and freezes: " + why + ".",
                "Deploy when it is open, or have somebody do it whom the registration names for emergencies.");
    }

    /** What cannot be read might have closed it. */
    private static Problem unreadable(Attempt attempt, Registration registration, String what) {
        return Problem.error(
                "registration.window",
                "The registration of " + attempt.place() + " by "
                        + registration.scope().from()
                        + " says when deployments may start in a way that cannot be read: "
                        + what,
                "Whoever looks after the registration mends it.");
    }

    private static Problem missing(Attempt attempt, boolean refuse) {
        String what = "Nobody has registered the environment " + attempt.place();
        return refuse
                ? Problem.error(
                        "registration.missing",
                        what + ", and only registered ones may be used here.",
                        "An administrator registers it, or somebody who configures the folder of " + attempt.job()
                                + ".")
                : Problem.warning(
                        "registration.missing",
                        what + ", so every job and everybody who may deploy from it can use it.",
                        "Register it before anything depends on it.");
    }

    private static Problem notPermitted(Attempt attempt) {
        String permission = switch (attempt.act()) {
            case DEPLOY -> "Deploy";
            case ROLL_BACK -> "Roll back";
            case RELEASE_LOCK, MANAGE_LANE -> "Manage lanes";
        };
        return Problem.error(
                "registration.permission",
                who(attempt) + " may not " + attempt.act().words() + " " + attempt.place() + " from " + attempt.job()
                        + ": the permission Gated Deploy/" + permission + " on that job is missing.",
                "Somebody who has it starts this, or an administrator grants it.");
    }

    private static Problem otherJob(Attempt attempt, Registration registration) {
        return Problem.error(
                "registration.job",
                "The job " + attempt.job() + " is not among those that may "
                        + attempt.act().words() + " "
                        + attempt.place() + ", says " + registration.scope().from() + ": "
                        + String.join(", ", registration.scope().jobs()) + ".",
                "Use one of these jobs, or add this one to the registration.");
    }

    private static void refusal(Attempt attempt, Registration registration, List<Problem> problems) {
        Starts starts = registration.starts();
        switch (attempt.starter().kind()) {
            case PERSON -> {
                if (!starts.lets(attempt.starter().actor())) {
                    problems.add(otherPerson(attempt, registration));
                }
            }
            case TIMER -> {
                if (!starts.timer()) {
                    problems.add(machine("registration.timer", "timer", attempt, registration));
                }
            }
            case SCM -> {
                if (!starts.scm()) {
                    problems.add(machine("registration.scm", "change in a repository", attempt, registration));
                }
            }
            case OTHER ->
                problems.add(
                        Problem.error(
                                "registration.starter",
                                "Who started this cannot be told ("
                                        + attempt.starter().actor().name() + "), and " + attempt.place()
                                        + " is registered by "
                                        + registration.scope().from() + ".",
                                "Let a person start it, or a timer or a change in a repository if the registration allows that."));
        }
    }

    private static Problem otherPerson(Attempt attempt, Registration registration) {
        return Problem.error(
                "registration.person",
                who(attempt) + " is not among those who may " + attempt.act().words() + " " + attempt.place()
                        + ", says " + registration.scope().from() + ": "
                        + String.join(", ", registration.starts().deployers()) + ".",
                "One of them starts this, or the registration names this person or a group with it.");
    }

    private static Problem machine(String id, String what, Attempt attempt, Registration registration) {
        return Problem.error(
                id,
                "A " + what + " started this, which the registration of " + attempt.place() + " by "
                        + registration.scope().from() + " does not allow.",
                "Let a person start it, or allow it in the registration.");
    }

    private static String who(Attempt attempt) {
        return attempt.starter().actor().name() + " ("
                + attempt.starter().actor().id() + ")";
    }
}
