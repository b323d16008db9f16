package io.jenkins.plugins.gateddeploy.checks;

import io.jenkins.plugins.gateddeploy.command.Bundle;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Questions of several checks that go to each target together, when the first of them is asked. Everybody waits for the
 * answers as long as they like: that one check gives up takes no other its answer.
 */
final class Survey {
    private final List<Map<Target, Command>> questions = new ArrayList<>();
    private CompletableFuture<List<Map<Target, Outcome>>> answers;

    /** Asks targets. */
    @FunctionalInterface
    interface Asking {
        Map<Target, Outcome> run(Map<Target, Command> commands) throws InterruptedException;
    }

    /** Takes a question up, unless one of its commands has to run apart from others or it comes too late. */
    synchronized void add(Map<Target, Command> question) {
        boolean together = question.values().stream()
                .noneMatch(command -> command.alone() || command.stdin().bytes().length > 0);
        if (together && !question.isEmpty() && answers == null && !questions.contains(question)) {
            questions.add(question);
        }
    }

    /** {@return what targets say to that question; empty when it was not foreseen, or asking failed} */
    Optional<Map<Target, Outcome>> answer(Map<Target, Command> question, Asking asking) throws InterruptedException {
        CompletableFuture<List<Map<Target, Outcome>>> coming;
        int place;
        synchronized (this) {
            place = questions.indexOf(question);
            if (place < 0 || questions.size() == 1) {
                return Optional.empty();
            }
            if (answers == null) {
                answers = asked(asking);
            }
            coming = answers;
        }
        try {
            return Optional.of(coming.get().get(place));
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    /** In a thread of its own, which ends with the targets at the latest. */
    private CompletableFuture<List<Map<Target, Outcome>>> asked(Asking asking) {
        CompletableFuture<List<Map<Target, Outcome>>> coming = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        coming.complete(ask(asking));
                    } catch (InterruptedException | RuntimeException | Error e) {
                        coming.completeExceptionally(e);
                    }
                },
                "gated-deploy survey");
        thread.setDaemon(true);
        thread.start();
        return coming;
    }

    private List<Map<Target, Outcome>> ask(Asking asking) throws InterruptedException {
        Map<Target, List<Integer>> asked = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            for (Target target : questions.get(i).keySet()) {
                asked.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
            }
        }
        Map<Target, Bundle> bundles = new LinkedHashMap<>();
        asked.forEach((target, which) -> bundles.put(
                target,
                Bundle.of(which.stream().map(i -> questions.get(i).get(target)).toList())));
        Map<Target, Command> commands = new LinkedHashMap<>();
        bundles.forEach((target, bundle) -> commands.put(target, bundle.command()));
        Map<Target, Outcome> outcomes = asking.run(commands);
        List<Map<Target, Outcome>> all = new ArrayList<>();
        questions.forEach(question -> all.add(new LinkedHashMap<>()));
        bundles.forEach((target, bundle) -> {
            List<Outcome> parts = bundle.outcomes(outcomes.get(target));
            List<Integer> which = asked.get(target);
            for (int i = 0; i < which.size(); i++) {
                all.get(which.get(i)).put(target, parts.get(i));
            }
        });
        return all;
    }
}
