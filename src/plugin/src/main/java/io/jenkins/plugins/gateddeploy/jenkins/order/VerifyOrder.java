package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Diagnosis;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.source.Revision;
import io.jenkins.plugins.gateddeploy.source.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Look whether a deployment would get to its beginning. Changes nothing. */
public final class VerifyOrder implements Order {
    private static final long serialVersionUID = 1;

    private final Destination to;
    private final String ref;
    private final ArrayList<String> allowed;
    private final String reason;

    /**
     * An order.
     *
     * @param ref branch, tag or commit; null for the commit that the build is of, else the environment's branch
     * @param allowed ids of problems that are no reason to fail
     * @param reason why they are not; may be empty when there are none
     */
    public VerifyOrder(Destination to, String ref, List<String> allowed, String reason) {
        this.to = to;
        this.ref = Util.fixEmptyAndTrim(ref);
        this.allowed = new ArrayList<>(allowed);
        this.reason = Util.fixNull(reason).strip();
    }

    @Override
    public Map<String, Object> carryOut(Site given) throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        if (!allowed.isEmpty() && reason.isEmpty()) {
            throw new ProblemException(
                    "order.reason",
                    "Problems are allowed without a reason: " + String.join(", ", allowed) + ".",
                    "Say why with reason: '…'.");
        }
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        AtomicReference<Version> version = new AtomicReference<>();
        Diagnosis diagnosis = new Doctor(site.ports(application.file())).verify(configuration, () -> {
            version.set(application.version(ref));
            return version.get();
        });
        new Findings(site.listener().getLogger(), allowed, reason).print(configuration, diagnosis);
        List<Problem> stopping = diagnosis
                .problems()
                .filter(p -> p.severity() == Severity.ERROR && !allowed.contains(p.id()))
                .toList();
        if (!stopping.isEmpty()) {
            throw new AbortException(configuration.app() + " cannot be deployed to " + configuration.environment()
                    + ": " + stopping.stream().map(Problem::oneLine).collect(Collectors.joining("\n  ", "\n  ", "")));
        }
        Map<String, Object> result = result(configuration, diagnosis);
        result.put("plan", version.get() == null ? "" : plan(application, version.get()));
        return result;
    }

    /** With problems that are allowed there may be no plan. */
    private String plan(Application application, Version version)
            throws ProblemException, IOException, InterruptedException {
        Site site = application.site();
        try {
            Admission admission = site.admit(Act.DEPLOY, application.configuration());
            Deployer.Request request =
                    Extent.everything().request(site.build(), application.configuration(), application.git());
            Plan plan = new Deployer(site.ports(application.file())).plan(admission.bind(request), version);
            Kept.keep(site.build(), plan);
            return plan.digest();
        } catch (ProblemException e) {
            if (e.problems().stream().allMatch(p -> allowed.contains(p.id()))) {
                return "";
            }
            throw e;
        }
    }

    private Map<String, Object> result(Configuration configuration, Diagnosis diagnosis) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("application", configuration.app());
        map.put("environment", configuration.environment());
        map.put("configuration", configuration.digest());
        map.put("commit", diagnosis.revision().map(Revision::id).orElse(""));
        map.put("tag", diagnosis.revision().flatMap(Revision::tagName).orElse(""));
        map.put("subject", diagnosis.revision().map(Revision::subject).orElse(""));
        map.put(
                "problems",
                new ArrayList<>(diagnosis.problems().map(this::plain).toList()));
        map.put("reason", reason);
        return map;
    }

    private Map<String, Object> plain(Problem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", problem.id());
        map.put("severity", problem.severity().name());
        map.put("message", problem.message());
        map.put("mend", problem.mend());
        map.put("where", problem.where().map(Object::toString).orElse(""));
        map.put("allowed", allowed.contains(problem.id()));
        return map;
    }
}
