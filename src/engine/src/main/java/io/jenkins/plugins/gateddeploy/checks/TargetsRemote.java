package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** {@link Remote} over targets that somebody else has opened and closes. */
public final class TargetsRemote implements Remote {
    /** OpenSSH lets a connection have ten sessions at once (MaxSessions), and the deployment itself needs some. */
    private static final int MOST_AT_ONCE = 4;

    private final List<Target> targets;
    private final Targets port;
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE, true);
    private final Survey survey = new Survey();
    /** What could not be reached once is not dialled again for every check. */
    private final Map<Target, Outcome> lost = new ConcurrentHashMap<>();

    /** @param targets that checks may look at, in the order of the environment */
    public TargetsRemote(List<Target> targets, Targets port) {
        this.targets = List.copyOf(targets);
        this.port = port;
    }

    @Override
    public List<Target> targets() {
        return targets;
    }

    @Override
    public void foresee(Map<Target, Command> questions) {
        survey.add(questions);
    }

    @Override
    public Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException {
        Optional<Map<Target, Outcome>> answered = survey.answer(commands, this::ask);
        return answered.isPresent() ? answered.get() : ask(commands);
    }

    private Map<Target, Outcome> ask(Map<Target, Command> commands) throws InterruptedException {
        Map<Target, Outcome> outcomes = new LinkedHashMap<>();
        Map<Target, Command> open = new LinkedHashMap<>();
        commands.forEach((target, command) -> {
            Outcome known = lost.get(target);
            outcomes.put(target, known);
            if (known == null) {
                open.put(target, command);
            }
        });
        if (!open.isEmpty()) {
            turns.acquire();
            try {
                outcomes.putAll(port.run(open));
            } finally {
                turns.release();
            }
        }
        outcomes.forEach((target, outcome) -> {
            if (outcome instanceof Outcome.Unreached unreached && neverRan(unreached.reason())) {
                lost.put(target, outcome);
            }
        });
        return outcomes;
    }

    private static boolean neverRan(Outcome.Reason reason) {
        return switch (reason) {
            case UNRESOLVED, REFUSED, CONNECT_TIMEOUT, HOST_KEY, AUTHENTICATION -> true;
            case LOST, TIMEOUT -> false;
        };
    }
}
