package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Documents;
import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.host.Signals;
import io.jenkins.plugins.gateddeploy.cli.terminal.Display;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.history.HistoryException;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Progress;
import io.jenkins.plugins.gateddeploy.release.Rehearsed;
import io.jenkins.plugins.gateddeploy.release.Result;
import io.jenkins.plugins.gateddeploy.release.Ways;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One deployment or rollback from a terminal: says what is going to happen, has it done, says how it ended.
 *
 * @param root what the user asked for
 * @param host this machine
 * @param request what goes to the engine
 */
record Run(GatedDeploy root, Host host, Deployer.Request request) {

    /** What the engine is asked to do. */
    @FunctionalInterface
    interface Work<T> {
        T with(Deployer deployer) throws ProblemException, InterruptedException;
    }

    /** Runs it so that a signal ends it cleanly. */
    int interruptibly(Callable<Integer> work) throws Exception {
        Style style = new Style(root.outside.screen().colours());
        try (Signals signals = Signals.interruptingThisThread(() -> root.outside
                .err()
                .println(style.doubtful(
                        "Stopping cleanly; once more ends at once and leaves that to the next start.")))) {
            int code = work.call();
            return signals.received() && code == ExitCode.FAILED ? ExitCode.CANCELLED : code;
        } finally {
            // What interrupted the work must not reach what is done after it.
            var unused = Thread.interrupted();
        }
    }

    /**
     * Runs it so that a signal ends it cleanly, and then tells people of gates that were opened, and of what went back by
     * itself. Whether they could be told does not change how it ended.
     */
    int tellingPeople(Callable<Integer> work) throws Exception {
        Instant began = Instant.now();
        try {
            return interruptibly(work);
        } finally {
            host.tell(began, root.outside.err()::println);
        }
    }

    /** Says which version is going where. */
    void announce(Revision revision) {
        String what = revision.isCommit()
                ? revision.shortId() + " \"" + revision.subject() + "\" by " + revision.author()
                        + revision.tagName().map(tag -> ", tag " + tag).orElse("")
                : "content " + revision.shortId();
        announce(revision.ref() + " → " + what, "Deploying %s to %s");
    }

    /** Says where it goes back to. */
    void announceReturn(String to) {
        announce(to, "Rolling back %s in %s");
    }

    private void announce(String version, String doing) {
        Reading reading = Reading.of(root);
        Configuration configuration = request.configuration();
        List<String> targets = request.targets().isEmpty()
                ? configuration.targets().stream().map(Target::toString).toList()
                : request.targets();
        String title = String.format(doing, configuration.app(), configuration.environment());
        reading.out().println(reading.style().strong(title));
        reading.out().println("  version  " + Style.plain(version));
        reading.out().println("  targets  " + String.join(", ", targets));
    }

    /** Prints what the checks say, and what would run all the same. */
    int rehearse(Version version, Work<List<Rehearsed>> work) throws ProblemException, InterruptedException {
        Deployer deployer = new Deployer(host.ports(line -> {}, Progress.none()));
        Plan plan = deployer.plan(request, version);
        List<Rehearsed> rehearsed = work.with(deployer);
        if (root.json) {
            Json.print(
                    root.outside.out(),
                    Documents.rehearsal(request.configuration(), rehearsed, Optional.of(plan.judgement())));
        } else {
            new Verdict(Optional.of(plan), plan.judgement()).problems(Reading.of(root));
            Rehearsing.print(root.outside.out(), request.configuration(), rehearsed);
        }
        return plan.judgement().standing().isEmpty() ? ExitCode.DONE : ExitCode.PROBLEMS;
    }

    /** Prints what would run. */
    int rehearse(Work<List<Rehearsed>> work) throws ProblemException, InterruptedException {
        List<Rehearsed> rehearsed = work.with(new Deployer(host.ports(line -> {}, Progress.none())));
        if (root.json) {
            Json.print(root.outside.out(), Documents.rehearsal(request.configuration(), rehearsed, Optional.empty()));
        } else {
            Rehearsing.print(root.outside.out(), request.configuration(), rehearsed);
        }
        return ExitCode.DONE;
    }

    /**
     * Makes the version of another environment's release current here, unless it is, with its log on the screen. What went
     * wrong here is all that there is to tell; when it went well, something else follows.
     */
    int bring(Configuration then, About wanted) throws Exception {
        Optional<Result> result;
        try (Display display = Reading.of(root).display(request.configuration())) {
            result = new Ways(host.ports(display, display)).bring(request, then, wanted);
        } catch (HistoryException e) {
            throw new BrokenOff(e);
        }
        if (result.isEmpty()) {
            Reading.of(root)
                    .out()
                    .println(Style.plain(wanted.label() + " is current in "
                            + request.configuration().environment() + " already."));
            return ExitCode.DONE;
        }
        Ended.print(Reading.of(root), result.get());
        int code = ExitCode.of(result.get());
        if (root.json && code != ExitCode.DONE) {
            Json.print(root.outside.out(), Documents.result(result.get()));
        }
        return code;
    }

    /** Has it done, with its log on the screen. */
    int carryOut(Work<Result> work) throws Exception {
        // Refuses now, rather than half way, when the history cannot be had.
        host.history()
                .unfinished(
                        request.configuration().app(), request.configuration().environment());
        Result result;
        try (Display display = Reading.of(root).display(request.configuration())) {
            Deployer deployer = new Deployer(host.ports(display, display));
            try {
                result = work.with(deployer);
            } catch (HistoryException e) {
                throw new BrokenOff(e);
            }
        }
        Ended.print(Reading.of(root), result);
        if (root.json) {
            Json.print(root.outside.out(), Documents.result(result));
        }
        return ExitCode.of(result);
    }
}
