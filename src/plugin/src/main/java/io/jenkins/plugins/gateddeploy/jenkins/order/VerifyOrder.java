package io.jenkins.plugins.gateddeploy.jenkins.order;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Doctor;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Admission;
import io.jenkins.plugins.gateddeploy.plan.Plan;
import io.jenkins.plugins.gateddeploy.problem.Judgement;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Verified;
import io.jenkins.plugins.gateddeploy.source.GitSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Look whether a deployment would get to its beginning. Changes nothing. */
public final class VerifyOrder implements Order {
    private static final long serialVersionUID = 1;

    private final Destination to;
    private final String ref;
    private final Manner manner;
    private final ReportFiles reports;

    /**
     * An order.
     *
     * @param ref branch, tag or commit; null for the commit that the build is of, else the environment's branch
     * @param manner with what is let pass, and why
     * @param reports where what was found is written
     */
    public VerifyOrder(Destination to, String ref, Manner manner, ReportFiles reports) {
        this.to = to;
        this.ref = Util.fixEmptyAndTrim(ref);
        this.manner = manner;
        this.reports = reports;
    }

    @Override
    public String environment() {
        return to.environment();
    }

    @Override
    public Map<String, Object> carryOut(Site given) throws ProblemException, IOException, InterruptedException {
        Site site = to.from(given);
        Application application = Configurations.read(site, to);
        Configuration configuration = application.configuration();
        Admission admission = site.admit(Act.DEPLOY, configuration);
        Deployer deployer = new Deployer(site.ports(application.file()));
        Verified verified = verify(application, admission, deployer);
        new Findings(site.listener().getLogger()).print(configuration, verified);
        if (verified.plan().isPresent()) {
            Kept.keep(site.build(), verified.plan().get());
            new Inquiry(site.build(), verified.plan().get()).replace(site, application.file());
            DeploymentAction.announce(site.build(), List.of());
        }
        reports.write(site, configuration, verified.judgement());
        List<Problem> stopping = verified.judgement().standing();
        if (!stopping.isEmpty()) {
            throw new AbortException(configuration.app() + " cannot be deployed to " + configuration.environment()
                    + ": " + stopping.stream().map(Problem::oneLine).collect(Collectors.joining("\n  ", "\n  ", "")));
        }
        return result(configuration, verified);
    }

    /** Without a repository there is still something to be told. */
    private Verified verify(Application application, Admission admission, Deployer deployer)
            throws ProblemException, InterruptedException {
        GitSource git = null;
        Doctor.Finding finding;
        try {
            git = application.git().orElse(null);
            finding = () -> application.version(ref);
        } catch (ProblemException e) {
            finding = () -> {
                throw e;
            };
        }
        Deployer.Request request = Extent.everything()
                .request(application.site().build(), application.configuration(), Optional.ofNullable(git))
                .with(application.checking(manner.forcing()));
        return deployer.verify(admission.bind(request, manner.emergency()), finding);
    }

    private Map<String, Object> result(Configuration configuration, Verified verified) {
        Optional<Plan> plan = verified.plan();
        Judgement judgement = verified.judgement();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("application", configuration.app());
        map.put("environment", configuration.environment());
        map.put("configuration", configuration.digest());
        map.put("commit", plan.map(p -> p.coming().id()).orElse(""));
        map.put("tag", plan.map(Plan::tag).orElse(""));
        map.put("subject", plan.map(p -> p.coming().subject()).orElse(""));
        map.put(
                "problems",
                new ArrayList<>(judgement.problems().stream()
                        .map(p -> plain(judgement, p))
                        .toList()));
        map.put("reason", manner.reason());
        map.put("plan", plan.map(Plan::digest).orElse(""));
        return map;
    }

    private static Map<String, Object> plain(Judgement judgement, Problem problem) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", problem.id());
        map.put("severity", problem.severity().name());
        map.put("message", problem.message());
        map.put("mend", problem.mend());
        map.put("where", problem.where().map(Object::toString).orElse(""));
        map.put("allowed", judgement.isForced(problem));
        return map;
    }
}
