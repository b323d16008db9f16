package io.jenkins.plugins.gateddeploy.console;

import io.jenkins.plugins.gateddeploy.console.document.DetailsDocument;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument.Candidate;
import io.jenkins.plugins.gateddeploy.console.document.RollbacksDocument.Files;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.DataLosses;
import io.jenkins.plugins.gateddeploy.release.Environment;
import java.util.List;

/**
 * Going back to a release that was current before.
 *
 * @param history where the deployments are
 * @param host who starts one
 * @param deployments how they are shown
 * @param looks what is on the targets
 */
record Rollbacks(History history, ConsoleHost host, Deployments deployments, Looks looks) {
    private static final int SHOWN = 10;

    /**
     * What the front end asks for.
     *
     * @param release id of a release
     */
    record Wish(String release) {}

    /** {@return where one may go back to} */
    RollbacksDocument list(Request request, Place place) {
        allow(Act.VIEW, request, place);
        Looks.Look look = looks.at(place);
        List<DeploymentRecord> candidates = candidates(request.viewer(), place);
        String current = Environments.current(history, place)
                .map(DeploymentRecord::release)
                .orElse("");
        return new RollbacksDocument(
                place.app(),
                place.environment(),
                request.viewer().may(Act.ROLL_BACK, place.app(), place.environment()),
                look.document(),
                candidates.stream()
                        .map(record -> candidate(record, record.release().equals(current), look))
                        .toList());
    }

    /** {@return the newest successful deployment of each release, newest first} */
    private List<DeploymentRecord> candidates(Viewer viewer, Place place) {
        return history.successes(place.app(), place.environment(), SHOWN).stream()
                .filter(record -> !record.release().isEmpty() && Deployments.isVisible(viewer, record))
                .toList();
    }

    private Candidate candidate(DeploymentRecord record, boolean current, Looks.Look look) {
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
                deployments.document(record), current, files(seen, missing), on, missing, losses(record, current));
    }

    private List<String> losses(DeploymentRecord record, boolean current) {
        return current
                ? List.of()
                : new DataLosses(history).since(record.app(), record.environment(), record.release());
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
        String release = Json.read(request.body(), Wish.class).release();
        if (release == null
                || candidates(request.viewer(), place).stream()
                        .noneMatch(r -> r.release().equals(release))) {
            throw ProblemReport.badRequest("Only a release of the list can be gone back to, not " + release + ".")
                    .refusal();
        }
        try {
            String id = host.rollBack(request.viewer().actor(), place, release);
            looks.forget(place);
            return deployments.details(request, id);
        } catch (ProblemException e) {
            throw ProblemReport.refused(e).refusal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemReport(503, "Interrupted", "The host is stopping.", List.of()).refusal();
        }
    }

    private static void allow(Act act, Request request, Place place) {
        if (!request.viewer().may(act, place.app(), place.environment())) {
            throw switch (act) {
                case VIEW ->
                    ProblemReport.notFound(
                                    "There is no environment " + place.environment() + " of " + place.app() + ".")
                            .refusal();
                case ROLL_BACK, APPROVE ->
                    ProblemReport.forbidden(request.viewer().actor().name() + " may not roll back " + place.app()
                                    + " in " + place.environment() + ".")
                            .refusal();
            };
        }
    }
}
