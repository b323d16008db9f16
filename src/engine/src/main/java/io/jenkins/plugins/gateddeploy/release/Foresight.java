package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.checks.TargetsRemote;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.release.Deployer.Request;
import io.jenkins.plugins.gateddeploy.source.Version;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What deploying would do and what the checks say to it, as {@link Deployer} tells it: nothing is locked or changed.
 *
 * @param ports what the host brings
 */
record Foresight(Ports ports) {

    /** See {@link Deployer#plan}. */
    Plan plan(Request request, Version version) throws ProblemException, InterruptedException {
        List<Target> chosen = Admission.targets(request);
        Targets.Access access;
        try {
            access = Admission.access(request.configuration(), chosen, ports.credentials());
        } catch (ProblemException e) {
            return planWithoutTargets(request, version, chosen, e);
        }
        try (Targets targets = ports.connector().open(access)) {
            Remote remote = new TargetsRemote(chosen, targets);
            remote.foresee(Looked.question(request.configuration(), chosen, false));
            try (Verification verification = Verification.ofDeployment(request, version, ports.credentials(), remote)) {
                Looked looked = Looked.at(request.configuration(), chosen, false, remote::run);
                verification.looked(looked);
                verification.add(new Entrance(ports.clock()).told(request));
                return planning(request, version).plan(looked, request.repository(), verification::judge);
            }
        }
    }

    /** See {@link Deployer#verify}. */
    Verified verify(Request request, Doctor.Finding finding) throws InterruptedException {
        try {
            Plan plan = plan(request, finding.find());
            return new Verified(Optional.of(plan), plan.judgement());
        } catch (ProblemException e) {
            List<Problem> problems = new Doctor(ports.credentials(), ports.connector(), ports.clock())
                    .examine(request.configuration(), () -> {
                        throw e;
                    })
                    .problems()
                    .toList();
            Checking checking = request.checking();
            return new Verified(
                    Optional.empty(), checking.forcing().judge(problems, checking.rules(request.configuration())));
        }
    }

    private Plan planWithoutTargets(Request request, Version version, List<Target> chosen, ProblemException why)
            throws ProblemException, InterruptedException {
        Map<Target, String> failures = new LinkedHashMap<>();
        chosen.forEach(target -> failures.put(target, why.problems().get(0).message()));
        Looked looked = new Looked(Map.of(), failures);
        try (Verification verification =
                Verification.ofDeployment(request, version, ports.credentials(), Remote.none())) {
            verification.add(why.problems());
            verification.add(new Entrance(ports.clock()).told(request));
            verification.looked(looked);
            return planning(request, version).plan(looked, request.repository(), verification::judge);
        }
    }

    private static Planning planning(Request request, Version version) {
        return new Planning(
                request.configuration(), version.revision(), request.mandate().rules(), request.skip());
    }
}
