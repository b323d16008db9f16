package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord.TargetOutcome;
import io.jenkins.plugins.gateddeploy.history.Passed;
import io.jenkins.plugins.gateddeploy.history.State;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.source.Revision;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes to a deployment's record. Used once, for one changed record.
 */
final class Records {
    private final DeploymentRecord before;
    private String release;
    private String commit;
    private String tag;
    private String subject;
    private String author;
    private Optional<Instant> ended;
    private State state;
    private String message;
    private List<TargetOutcome> targets;
    private Path log;
    private Passed passed;
    private Judgement judgement;
    private String reason;

    private Records(DeploymentRecord before) {
        this.before = before;
        release = before.release();
        commit = before.commit();
        tag = before.tag();
        subject = before.subject();
        author = before.author();
        ended = before.ended();
        state = before.state();
        message = before.message();
        targets = before.targets();
        log = before.log();
        passed = before.passed();
        judgement = before.judgement();
        reason = before.reason();
    }

    static Records of(DeploymentRecord before) {
        return new Records(before);
    }

    /** {@return with what it is about} */
    DeploymentRecord about(About about) {
        release = about.release();
        commit = about.commit();
        tag = about.tag();
        subject = about.subject();
        author = about.author();
        return changed();
    }

    /** {@return with the version it is about, before there is a release of it} */
    DeploymentRecord revision(Revision revision) {
        commit = revision.id();
        tag = revision.tagName().orElse("");
        subject = revision.subject();
        author = revision.author();
        return changed();
    }

    /** {@return with the file that has its whole log} */
    DeploymentRecord log(Path file) {
        log = file;
        return changed();
    }

    /** {@return with how it ended} */
    DeploymentRecord ended(State how, String why, Instant time, List<TargetOutcome> where) {
        ended = Optional.of(time);
        state = how;
        message = why;
        targets = where;
        return changed();
    }

    /** {@return with the gate that it waits at or has passed} */
    DeploymentRecord passed(Passed gate) {
        passed = gate;
        return changed();
    }

    /** {@return for another reason} */
    DeploymentRecord because(String why) {
        reason = why;
        return changed();
    }

    /** {@return with what the checks say} */
    DeploymentRecord judged(Judgement all) {
        judgement = all;
        return changed();
    }

    /** {@return with further problems} */
    DeploymentRecord found(List<Problem> more) {
        Set<Problem> all = new LinkedHashSet<>(before.problems());
        all.addAll(more);
        return judged(new Judgement(List.copyOf(all), before.judgement().forced()));
    }

    private DeploymentRecord changed() {
        return new DeploymentRecord(
                before.id(),
                before.app(),
                before.environment(),
                before.kind(),
                before.number(),
                release,
                commit,
                before.ref(),
                tag,
                subject,
                author,
                before.actor(),
                before.owner(),
                before.started(),
                ended,
                state,
                message,
                targets,
                judgement,
                log,
                before.origin(),
                passed,
                reason);
    }
}
