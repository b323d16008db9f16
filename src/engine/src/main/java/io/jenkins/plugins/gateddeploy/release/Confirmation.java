package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.config.Health;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Probe;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Asks every target whether what is current there works, again and again until it does or the attempts are used up.
 *
 * @param work the deployment
 * @param health what is asked
 */
record Confirmation(Work work, Health health) {
    private static final int LOOKS = 60;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /** @throws PhaseFailed when a target is not well after the last attempt */
    void confirm(Collection<Target> targets) throws PhaseFailed, InterruptedException {
        if (work.rehearsal()) {
            rehearse(targets);
            return;
        }
        confirm(targets, false);
    }

    /**
     * Goes on asking for a while, without a word as long as all are well.
     *
     * @param end by the host's clock
     * @throws PhaseFailed when a target is not well, and does not get well within the usual attempts
     */
    void watch(Collection<Target> targets, Instant end) throws PhaseFailed, InterruptedException {
        Clock clock = work.ports().clock();
        Duration left = Duration.between(clock.instant(), end);
        Duration pause = pause(left);
        while (left.compareTo(Duration.ZERO) > 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left.toNanos(), pause.toNanos()));
            confirm(targets, true);
            left = Duration.between(clock.instant(), end);
        }
    }

    /** A short watch looks as often as attempts follow each other; a long one need not. */
    private Duration pause(Duration time) {
        Duration shared = time.dividedBy(LOOKS);
        Duration pause = shared.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : shared;
        return pause.compareTo(health.interval()) > 0 ? pause : health.interval();
    }

    private void confirm(Collection<Target> targets, boolean quiet) throws PhaseFailed, InterruptedException {
        List<Target> waiting = new ArrayList<>(targets);
        Map<Target, String> complaints = new LinkedHashMap<>();
        for (int attempt = 0; attempt <= health.retries() && !waiting.isEmpty(); attempt++) {
            if (attempt > 0) {
                Thread.sleep(health.interval().toMillis());
            }
            complaints.clear();
            ask(waiting).forEach((target, complaint) -> complaint.ifPresent(c -> complaints.put(target, c)));
            for (Target target : waiting) {
                work.ports().progress().target(target, complaints.containsKey(target) ? "not well yet" : "healthy");
                String complaint = complaints.get(target);
                if (quiet && complaint == null && attempt == 0) {
                    continue;
                }
                work.log()
                        .say(
                                target,
                                complaint == null
                                        ? "Health check passed"
                                        : "Health check " + (attempt + 1) + " of " + (health.retries() + 1) + ": "
                                                + complaint);
            }
            waiting.retainAll(complaints.keySet());
        }
        if (!waiting.isEmpty()) {
            throw new PhaseFailed("The health check", complaints, false);
        }
    }

    /** Shows what would run on a target; what is asked from the host is no command. */
    private void rehearse(Collection<Target> targets) throws InterruptedException {
        if (fromTarget()) {
            work.fleet().attempt(targets, this::command);
        }
    }

    private boolean fromTarget() {
        return health.from() == Health.From.TARGET || health.check() instanceof Health.Check.Run;
    }

    /** {@return for each target what is wrong, or nothing} */
    private Map<Target, Optional<String>> ask(List<Target> targets) throws InterruptedException {
        Map<Target, Optional<String>> answers = new LinkedHashMap<>();
        if (fromTarget()) {
            work.fleet()
                    .attempt(targets, this::command)
                    .forEach((target, outcome) -> answers.put(target, judge(outcome)));
        } else {
            Map<Target, Probe> probes = new LinkedHashMap<>();
            targets.forEach(t -> probes.put(t, probe(t)));
            work.fleet().port().probe(probes).forEach((target, answer) -> answers.put(target, judge(answer)));
        }
        return answers;
    }

    private Probe probe(Target target) {
        if (health.check() instanceof Health.Check.Http http) {
            return new Probe.Http(URI.create(fill(http.url(), target)), health.timeout());
        }
        Health.Check.Tcp tcp = (Health.Check.Tcp) health.check();
        return new Probe.Tcp(fill(tcp.host(), target), tcp.port(), health.timeout());
    }

    private Command command(Target target) {
        Duration timeout = health.timeout();
        if (health.check() instanceof Health.Check.Http http) {
            return work.commands().probeHttp(fill(http.url(), target), timeout);
        }
        if (health.check() instanceof Health.Check.Tcp tcp) {
            return work.commands().probeTcp(fill(tcp.host(), target), tcp.port(), timeout);
        }
        return work.commands().probeRun(((Health.Check.Run) health.check()).command(), timeout);
    }

    private static String fill(String text, Target target) {
        String host = target.host();
        boolean bare = host.indexOf(':') < 0 || text.contains("[{target}]") || text.equals("{target}");
        return text.replace("{target}", bare ? host : "[" + host + "]");
    }

    private Optional<String> judge(Probe.Answer answer) {
        if (answer instanceof Probe.Answer.Nothing nothing) {
            return Optional.of(nothing.message());
        }
        Probe.Answer.Got got = (Probe.Answer.Got) answer;
        return health.check() instanceof Health.Check.Http http
                ? judge(http, got.status(), got.body())
                : Optional.empty();
    }

    private Optional<String> judge(Outcome outcome) {
        if (!outcome.ok()) {
            boolean late = outcome instanceof Outcome.Exited exited && exited.code() == 124;
            return Optional.of(late ? "no answer within " + health.timeout().toMillis() + " ms" : outcome.describe());
        }
        if (!(health.check() instanceof Health.Check.Http http)) {
            return Optional.empty();
        }
        String printed = ((Outcome.Exited) outcome).stdout();
        int line = printed.lastIndexOf('\n');
        return judge(http, Integer.parseInt(printed.substring(line + 1).strip()), printed.substring(0, line));
    }

    private static Optional<String> judge(Health.Check.Http http, int status, String body) {
        if (!http.status().contains(status)) {
            return Optional.of("expected status "
                    + String.join(
                            " or ",
                            http.status().stream().sorted().map(String::valueOf).toList())
                    + ", got " + status);
        }
        return http.body()
                .filter(wanted -> !Pattern.compile(wanted).matcher(body).find())
                .map(wanted -> "expected a body that matches \"" + wanted + "\", got \"" + beginning(body) + "\"");
    }

    private static String beginning(String body) {
        String line = body.strip().lines().findFirst().orElse("");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
