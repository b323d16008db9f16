package io.jenkins.plugins.gateddeploy.notice;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A channel that remembers what it delivered, and fails when it is told to. */
final class Told implements Channel {
    private final List<String> delivered = new ArrayList<>();
    private final Deque<Undelivered> failures = new ArrayDeque<>();
    private int attempts;

    Told failing(Undelivered... next) {
        failures.addAll(List.of(next));
        return this;
    }

    @Override
    public String name() {
        return "told";
    }

    @Override
    public synchronized void deliver(Notice notice) throws Undelivered {
        attempts++;
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        delivered.add(notice.key().toString());
    }

    synchronized List<String> delivered() {
        return List.copyOf(delivered);
    }

    synchronized int attempts() {
        return attempts;
    }
}
