package io.jenkins.plugins.gateddeploy.jenkins.gate;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.gateddeploy.gate.Automation;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.GateException;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.HoldOrder;
import io.jenkins.plugins.gateddeploy.jenkins.order.Site;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Asks people, and waits for them without a thread. */
public final class HoldExecution extends StepExecution {
    private static final Logger LOGGER = Logger.getLogger(HoldExecution.class.getName());
    private static final long serialVersionUID = 1;

    private final HoldOrder order;
    /** Chosen before the gate is made, so that doing it again after a crash does not make a second one. */
    private final String gate = UUID.randomUUID().toString();

    private transient volatile boolean stopped;

    /** @param order what is asked */
    public HoldExecution(StepContext context, HoldOrder order) {
        super(context);
        this.order = order;
    }

    @Override
    public boolean start() {
        JenkinsHost.get().whenFree(this::ask);
        return false;
    }

    @Override
    public void onResume() {
        JenkinsHost.get().whenFree(this::ask);
    }

    /** Takes the gate back. */
    @Override
    public void stop(Throwable cause) {
        stopped = true;
        JenkinsHost.get().soon(() -> {
            pause().end();
            try {
                JenkinsHost.get().history().gates().cancel(gate, "The build was aborted.", Instant.now());
            } catch (GateException e) {
                LOGGER.log(Level.FINE, "Nobody had been asked yet", e);
            }
            getContext().onFailure(cause);
        });
    }

    private void ask() {
        try {
            Optional<String> passedOver = order.passedOver(Site.of(getContext()));
            if (passedOver.isPresent()) {
                getContext().get(TaskListener.class).getLogger().println(passedOver.get());
                getContext().onSuccess(nobodyAsked(passedOver.get()));
                return;
            }
            Gate asked = order.ask(Site.of(getContext()), gate);
            if (stopped) {
                return;
            }
            if (asked.rules().needNobody()) {
                closed(asked);
                return;
            }
            say(asked);
            pause().begin(this::closed);
        } catch (ProblemException e) {
            getContext().onFailure(new AbortException(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        } catch (InterruptedException e) {
            // Jenkins ends; the step asks again when it is resumed.
            Thread.currentThread().interrupt();
        }
    }

    private void say(Gate asked) throws IOException, InterruptedException {
        if (asked.standing(Instant.now()) == Standing.OPEN) {
            getContext().get(TaskListener.class).getLogger().println(Sentences.waiting(asked));
        }
    }

    private void closed(Gate closed) {
        if (stopped) {
            return;
        }
        try {
            getContext().get(TaskListener.class).getLogger().println(Sentences.ending(closed));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "The build has no console any more", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closed.standing(Instant.now()) == Standing.APPROVED) {
            getContext().onSuccess(result(closed));
        } else {
            getContext().onFailure(new AbortException(Sentences.failure(closed)));
        }
    }

    private static String comment(Gate closed) {
        List<Decision> all = closed.decisions();
        return all.isEmpty() ? "" : all.get(all.size() - 1).comment();
    }

    private static Map<String, Object> nobodyAsked(String why) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("approvers", new ArrayList<>());
        map.put("automatic", false);
        map.put("conditions", new ArrayList<>());
        map.put("comment", "");
        map.put("decisions", new ArrayList<>());
        map.put("passedOver", why);
        return map;
    }

    private static Map<String, Object> result(Gate closed) {
        List<Map<String, Object>> said = new ArrayList<>();
        for (Decision decision : closed.decisions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("person", decision.person());
            one.put("name", decision.name());
            one.put("verdict", decision.verdict().name());
            one.put("comment", decision.comment());
            one.put("time", decision.time().toString());
            said.add(one);
        }
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (Automation.Finding finding : closed.rules().automation().findings()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("condition", finding.condition());
            one.put("held", finding.held());
            one.put("found", finding.found());
            conditions.add(one);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "approvers",
                new ArrayList<>(
                        closed.decisions().stream().map(Decision::person).toList()));
        map.put("automatic", closed.rules().needNobody());
        map.put("conditions", conditions);
        map.put("comment", comment(closed));
        map.put("decisions", said);
        return map;
    }

    private Pause pause() {
        return new Pause(getContext(), gate);
    }
}
