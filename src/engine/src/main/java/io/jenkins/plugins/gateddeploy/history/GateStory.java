package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.config.CanonicalJson;
import io.jenkins.plugins.gateddeploy.gate.Decision;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.gate.Rules;
import io.jenkins.plugins.gateddeploy.gate.Standing;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the trail says of one gate, entry after entry. What an entry does not say in a way that this version reads is not
 * compared: older versions cut long details, and whether somebody has changed them is told by the entry's hash.
 */
final class GateStory {
    private Optional<String> plan = Optional.empty();
    private Optional<Rules> rules = Optional.empty();
    private Optional<Instant> deadline = Optional.empty();
    private Optional<String> closed = Optional.of(Standing.OPEN.name());
    private Optional<List<String>> persons = Optional.of(new ArrayList<>());

    void add(AuditEntry entry) {
        Map<?, ?> details = read(entry.details(), json -> CanonicalJson.read(json, Map.class))
                .orElseGet(Map::of);
        switch (entry.what()) {
            case "OPENED", "REVISED" -> {
                plan = text(details, "plan");
                rules = text(details, "rules").flatMap(json -> read(json, j -> CanonicalJson.read(j, Rules.class)));
                deadline = text(details, "deadline").flatMap(time -> read(time, Instant::parse));
            }
            case "APPROVED", "REJECTED" -> persons.ifPresent(all -> all.add(entry.who()));
            case "WITHDRAWN" -> persons.ifPresent(all -> all.remove(entry.who()));
            case "VOIDED" ->
                persons = text(details, "person").flatMap(person -> {
                    persons.ifPresent(all -> all.remove(person));
                    return persons;
                });
            case "CLOSED" -> closed = text(details, "standing");
            default -> {
                // Of a newer version's making.
            }
        }
    }

    private static Optional<String> text(Map<?, ?> details, String key) {
        return Optional.ofNullable(details.get(key)).map(String::valueOf);
    }

    private static <T> Optional<T> read(String text, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@return what of a gate, as it is kept, is not as the trail says, in words; empty when everything is} */
    List<String> differing(Gate gate) {
        List<String> differing = new ArrayList<>();
        if (differs(plan, gate.subject().plan())) {
            differing.add("its plan");
        }
        if (differs(rules, gate.rules())) {
            differing.add("its rules");
        }
        // Kept to the microsecond, and written down as it was set.
        if (differs(deadline.map(time -> time.truncatedTo(ChronoUnit.MICROS)), gate.deadline())) {
            differing.add("its deadline");
        }
        if (differs(
                closed,
                gate.closed().map(Gate.Closed::standing).orElse(Standing.OPEN).name())) {
            differing.add("how it stands");
        }
        if (differs(persons, gate.decisions().stream().map(Decision::person).toList())) {
            differing.add("who has decided");
        }
        return differing;
    }

    private static <T> boolean differs(Optional<T> told, T kept) {
        return told.isPresent() && !told.get().equals(kept);
    }
}
