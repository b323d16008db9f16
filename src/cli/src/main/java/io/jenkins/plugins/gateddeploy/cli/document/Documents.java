package io.jenkins.plugins.gateddeploy.cli.document;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Diagnosis;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.pin.Pin;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.release.About;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Holder;
import io.jenkins.plugins.gateddeploy.release.Rehearsed;
import io.jenkins.plugins.gateddeploy.release.Result;
import io.jenkins.plugins.gateddeploy.release.Unlocked;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each document as an ordered map. A field that has no value is there all the same, as null or an empty text or list. */
public final class Documents {
    private Documents() {}

    /** {@return what ends a command that could not do its work} */
    public static Map<String, Object> failure(int exitCode, String message, List<Problem> problems) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("exitCode", exitCode);
        document.put("error", message);
        document.put("problems", problems.stream().map(Documents::problem).toList());
        return document;
    }

    /** {@return pins that were lifted} */
    public static Map<String, Object> unpinned(Configuration configuration, List<Pin> lifted) {
        Map<String, Object> document = of(configuration);
        document.put("lifted", lifted.stream().map(Documents::pin).toList());
        return document;
    }

    private static Map<String, Object> pin(Pin pin) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("commit", pin.commit());
        document.put("release", pin.release());
        document.put("who", pin.who());
        document.put("since", pin.since().toString());
        return document;
    }

    /** {@return a branch that takes commits back} */
    public static Map<String, Object> returning(
            Configuration configuration, String branch, String commit, boolean pushed) {
        Map<String, Object> document = of(configuration);
        document.put("branch", branch);
        document.put("commit", commit);
        document.put("pushed", pushed);
        return document;
    }

    /** {@return a deployment that ended} */
    public static Map<String, Object> result(Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployment", deployment(result.record()));
        document.put("previous", result.previous());
        document.put("locked", result.locked());
        document.put("heldBy", result.heldBy().map(Holder::describe).orElse(""));
        return document;
    }

    /** {@return one deployment of the history} */
    public static Map<String, Object> deployment(DeploymentRecord record) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", record.id());
        document.put("app", record.app());
        document.put("environment", record.environment());
        document.put("number", record.number());
        document.put("kind", record.kind().name());
        document.put("state", record.state().name());
        document.put("message", record.message());
        document.put("release", record.release());
        document.put("commit", record.commit());
        document.put("ref", record.ref());
        document.put("tag", record.tag());
        document.put("subject", record.subject());
        document.put("author", record.author());
        document.put("actor", record.actor());
        document.put("reason", record.reason());
        document.put("started", record.started().toString());
        document.put("ended", record.ended().map(Object::toString).orElse(null));
        document.put("durationMillis", record.duration().map(Duration::toMillis).orElse(null));
        document.put(
                "targets", record.targets().stream().map(Documents::outcome).toList());
        document.put(
                "problems", record.problems().stream().map(Documents::problem).toList());
        document.put("forced", record.judgement().forced().ids());
        document.put("forcedReason", record.judgement().forced().reason());
        document.put("log", record.log().toString());
        return document;
    }

    private static Map<String, Object> outcome(DeploymentRecord.TargetOutcome outcome) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", outcome.target());
        document.put("current", outcome.current());
        document.put("message", outcome.message());
        return document;
    }

    /** {@return a problem} */
    public static Map<String, Object> problem(Problem problem) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", problem.id());
        document.put("severity", problem.severity().name());
        document.put("message", problem.message());
        document.put("mend", problem.mend());
        document.put("file", problem.where().map(Location::file).orElse(null));
        document.put(
                "line",
                problem.where().map(Location::line).filter(line -> line > 0).orElse(null));
        document.put(
                "column",
                problem.where()
                        .map(Location::column)
                        .filter(column -> column > 0)
                        .orElse(null));
        return document;
    }

    /** {@return what a dry run would do} */
    public static Map<String, Object> rehearsal(
            Configuration configuration, List<Rehearsed> rehearsed, Optional<Judgement> judgement) {
        Map<String, Object> document = of(configuration);
        judgement.ifPresent(found -> judged(document, found));
        document.put("commands", rehearsed.stream().map(Documents::command).toList());
        return document;
    }

    private static Map<String, Object> command(Rehearsed rehearsed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", rehearsed.target().name());
        document.put("name", rehearsed.command().name());
        document.put("input", rehearsed.input());
        document.put("script", rehearsed.command().script());
        return document;
    }

    /** {@return deployments, newest first} */
    public static Map<String, Object> history(List<DeploymentRecord> records) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployments", records.stream().map(Documents::deployment).toList());
        return document;
    }

    /** {@return what is on the targets} */
    public static Map<String, Object> releases(Configuration configuration, Environment environment) {
        Map<String, Object> document = of(configuration);
        document.put("uniform", environment.isUniform());
        document.put(
                "targets", environment.targets().stream().map(Documents::target).toList());
        document.put(
                "releases",
                environment.releases().stream()
                        .map(listed -> release(listed, environment))
                        .toList());
        return document;
    }

    private static Map<String, Object> target(Environment.OnTarget target) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", target.target());
        document.put("current", target.current());
        document.put("lockedBy", target.holder());
        document.put("failure", target.failure());
        return document;
    }

    private static Map<String, Object> release(Environment.Listed listed, Environment environment) {
        Optional<About> about = listed.about();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("release", listed.release());
        document.put("commit", about.map(About::commit).orElse(""));
        document.put("ref", about.map(About::ref).orElse(""));
        document.put("tag", about.map(About::tag).orElse(""));
        document.put("subject", about.map(About::subject).orElse(""));
        document.put("author", about.map(About::author).orElse(""));
        document.put("made", Made.of(listed.release()).map(Object::toString).orElse(null));
        document.put("succeeded", listed.succeeded());
        document.put("previous", listed.previous());
        document.put("leftByRollback", listed.left());
        document.put("current", listed.current());
        document.put("on", listed.on());
        document.put(
                "missing",
                environment.targets().stream()
                        .filter(t -> t.failure().isEmpty())
                        .map(Environment.OnTarget::target)
                        .filter(t -> !listed.on().contains(t))
                        .toList());
        return document;
    }

    /** {@return what an examination found} */
    public static Map<String, Object> diagnosis(
            Configuration configuration, Diagnosis diagnosis, Optional<Revision> revision) {
        Map<String, Object> document = of(configuration);
        document.put("ok", diagnosis.isGood());
        document.put("commit", revision.map(Revision::id).orElse(null));
        document.put("subject", revision.map(Revision::subject).orElse(null));
        document.put(
                "problems", diagnosis.general().stream().map(Documents::problem).toList());
        document.put(
                "targets", diagnosis.targets().stream().map(Documents::findings).toList());
        return document;
    }

    private static Map<String, Object> findings(Diagnosis.OnTarget target) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", target.target());
        document.put(
                "problems", target.problems().stream().map(Documents::problem).toList());
        document.put("facts", new LinkedHashMap<>(target.facts()));
        return document;
    }

    /** {@return what checks say} */
    public static Map<String, Object> verdict(Configuration configuration, Optional<Plan> plan, Judgement judgement) {
        Map<String, Object> document = of(configuration);
        document.put("ok", judgement.standing().isEmpty());
        document.put("plan", plan.map(Plan::digest).orElse(null));
        document.put("commit", plan.map(p -> p.coming().id()).orElse(null));
        document.put("subject", plan.map(p -> p.coming().subject()).orElse(null));
        judged(document, judgement);
        document.put(
                "targets",
                plan.map(p -> p.current().stream().map(Documents::current).toList())
                        .orElse(List.of()));
        return document;
    }

    private static void judged(Map<String, Object> document, Judgement judgement) {
        document.put(
                "problems",
                judgement.problems().stream()
                        .map(problem -> {
                            Map<String, Object> one = problem(problem);
                            one.put("forced", judgement.isForced(problem));
                            return one;
                        })
                        .toList());
        document.put("forcedReason", judgement.forced().reason());
    }

    private static Map<String, Object> current(Plan.Current current) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", current.target());
        document.put("current", current.release());
        document.put("failure", current.failure());
        return document;
    }

    /** {@return how an unlocking ended} */
    public static Map<String, Object> unlocked(Configuration configuration, Unlocked unlocked) {
        Map<String, Object> document = of(configuration);
        document.put("done", unlocked.done());
        document.put("held", unlocked.held());
        document.put("message", unlocked.message());
        return document;
    }

    /** {@return a deployment with its log} */
    public static Map<String, Object> log(DeploymentRecord record, List<String> lines) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("deployment", deployment(record));
        document.put("lines", lines);
        return document;
    }

    private static Map<String, Object> of(Configuration configuration) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("app", configuration.app());
        document.put("environment", configuration.environment());
        return document;
    }
}
