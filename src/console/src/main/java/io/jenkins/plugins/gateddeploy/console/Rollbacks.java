package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.DetailsDocument;
import io.jenkins.plugins.gateddeploy.console.document.DifferenceDocument;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument.Candidate;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument.Files;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.DataLosses;
import io.jenkins.plugins.gateddeploy.release.Environment;
import io.jenkins.plugins.gateddeploy.release.Undos;
import java.util.List;
import java.util.Optional;

/**
 * Going back to a release that was current before.
 *
 * @param history where the deployments are
 * @param host who starts one
 * @param deployments how they are shown
 * @param pins what nothing puts back by itself
 * @param known what is looked up in the background
 */
record Rollbacks(History history, ConsoleHost host, Deployments deployments, StandingPins pins, Known known) {
    private static final int SHOWN = 10;

    /**
     * What is looked up in the background.
     *
     * @param looks what is on the targets
     * @param differences how versions differ
     */
    record Known(Looks looks, Differences differences) {}

    /**
     * What the front end asks for.
     *
     * @param release id of a release
     * @param reason why; may be null
     * @param undo whether what the tasks of later releases did is taken back first
     * @param targets names of the only targets to work on; null for all
     */
    record Wish(String release, String reason, boolean undo, List<String> targets) {

        /** Nobody who has chosen none of them means all. */
        List<String> only() {
            if (targets == null) {
                return List.of();
            }
            if (targets.isEmpty() || targets.stream().anyMatch(name -> name == null || name.isBlank())) {
                throw ProblemReport.badRequest("targets has to name one at least; leave it out for all.")
                        .refusal();
            }
            return targets;
        }
    }

    /** {@return where one may go back to} */
    RollbacksDocument list(Request request, Place place) {
        allow(Act.VIEW, request, place);
        Looks.Look look = known.looks().at(place);
        List<DeploymentRecord> candidates = candidates(request.viewer(), place);
        Optional<DeploymentRecord> current =
                Environments.current(history, place).filter(record -> Deployments.isVisible(request.viewer(), record));
        return new RollbacksDocument(
                place.app(),
                place.environment(),
                request.viewer().may(Act.ROLL_BACK, place.app(), place.environment()),
                look.document(),
                candidates.stream()
                        .map(record -> candidate(request.viewer(), record, current, look))
                        .toList(),
                pins.list(request.viewer(), place));
    }

    /** {@return the newest successful deployment of each release, newest first} */
    private List<DeploymentRecord> candidates(Viewer viewer, Place place) {
        return history.successes(place.app(), place.environment(), SHOWN).stream()
                .filter(record -> !record.release().isEmpty() && Deployments.isVisible(viewer, record))
                .toList();
    }

    private Candidate candidate(
            Viewer viewer, DeploymentRecord record, Optional<DeploymentRecord> newest, Looks.Look look) {
        boolean current =
                newest.filter(r -> r.release().equals(record.release())).isPresent();
        List<String> seen = look.seen();
        List<String> on = look.environment()
                .flatMap(environment -> environment.releases().stream()
                        .filter(listed -> listed.release().equals(record.release()))
                        .findFirst())
                .map(Environment.Listed::on)
                .orElse(List.of());
        List<String> missing =
                seen.stream().filter(target -> !on.contains(target)).toList();
        return new Candidate(
                deployments.document(record),
                current,
                files(seen, missing),
                on,
                missing,
                current ? RollbacksDocument.Undos.none() : undos(look, record.release()),
                losses(viewer, record, current),
                current ? null : newest.map(now -> difference(now, record)).orElse(null));
    }

    private static RollbacksDocument.Undos undos(Looks.Look look, String release) {
        Undos undos = look.environment().map(seen -> seen.undos().get(release)).orElse(new Undos(List.of()));
        return new RollbacksDocument.Undos(
                undos.possible().stream().map(Undos.Undo::words).toList(),
                undos.impossible().stream().map(Undos.Undo::words).toList(),
                undos.refusals().stream()
                        .map(problem -> problem.message() + " " + problem.mend())
                        .toList());
    }

    private DifferenceDocument difference(DeploymentRecord current, DeploymentRecord record) {
        Place place = new Place(record.app(), record.environment());
        return known.differences().between(place, current.commit(), record.commit());
    }

    private List<String> losses(Viewer viewer, DeploymentRecord record, boolean current) {
        return current
                ? List.of()
                : new DataLosses(history)
                        .since(
                                record.app(),
                                record.environment(),
                                record.release(),
                                other -> Deployments.isVisible(viewer, other));
    }

    private static Files files(List<String> seen, List<String> missing) {
        if (seen.isEmpty()) {
            return Files.UNKNOWN;
        }
        return missing.isEmpty() ? Files.ALL : missing.size() == seen.size() ? Files.NONE : Files.SOME;
    }

    /** {@return the deployment that has begun} */
    DetailsDocument start(Request request, Place place) {
        allow(Act.VIEW, request, place);
        allow(Act.ROLL_BACK, request, place);
        Wish wish = Json.read(request.body(), Wish.class);
        String release = wish.release();
        ConsoleHost.Return wanted = new ConsoleHost.Return(release, Reason.of(wish.reason()), wish.undo(), wish.only());
        if (release == null
                || candidates(request.viewer(), place).stream()
                        .noneMatch(r -> r.release().equals(release))) {
            throw ProblemReport.badRequest("Only a release of the list can be gone back to, not " + release + ".")
                    .refusal();
        }
        try {
            String id = host.rollBack(request.viewer().actor(), place, wanted);
            known.looks().forget(place);
            return deployments.details(request, id);
        } catch (ProblemException e) {
            throw ProblemReport.refused(e).refusal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemReport(503, "Interrupted", "The host is stopping.", List.of()).refusal();
        }
    }

    /** {@return the list, after pins were lifted} */
    RollbacksDocument unpin(Request request, Place place) {
        allow(Act.VIEW, request, place);
        allow(Act.ROLL_BACK, request, place);
        pins.lift(request, place);
        return list(request, place);
    }

    private static void allow(Act act, Request request, Place place) {
        if (!request.viewer().may(act, place.app(), place.environment())) {
            throw switch (act) {
                case VIEW ->
                    ProblemReport.notFound(
                                    "There is no environment " + place.environment() + " of " + place.app() + ".")
                            .refusal();
                case ROLL_BACK, APPROVE, MANAGE_LANE ->
                    ProblemReport.forbidden(request.viewer().actor().name() + " may not roll back " + place.app()
                                    + " in " + place.environment() + ".")
                            .refusal();
            };
        }
    }
}
