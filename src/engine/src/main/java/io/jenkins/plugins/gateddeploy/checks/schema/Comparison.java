package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Definition;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Field;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Model;
import io.jenkins.plugins.gateddeploy.checks.schema.DataModel.Stored;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.DataLoss;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Safe;
import io.jenkins.plugins.gateddeploy.checks.schema.SchemaChange.Unsafe;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Reference;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Sequence;
import io.jenkins.plugins.gateddeploy.checks.schema.ValueType.Shape;
import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what changes from one schema to another. Used once. */
final class Comparison {
    /** Some seconds of work. */
    private static final long MOST_STEPS = 5_000_000;

    private final DataModel before;
    private final DataModel coming;
    private final Budget budget = new Budget(MOST_STEPS);
    private final Assignability assignability;
    private final Assignability reverse;
    private final List<SchemaChange> changes = new ArrayList<>();
    private final Set<List<String>> compared = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Definitions refer to each other in chains of any length: they are compared one after the other. */
    private record Waiting(Place place, ValueType was, ValueType is) {}

    private Comparison(DataModel before, DataModel coming) {
        this.before = before;
        this.coming = coming;
        this.assignability = new Assignability(coming, before, budget);
        this.reverse = new Assignability(before, coming, budget);
    }

    /**
     * {@return what changes}
     *
     * @throws ProblemException when the two are too large to compare
     */
    static List<SchemaChange> between(DataModel before, DataModel coming)
            throws ProblemException, InterruptedException {
        Comparison comparison = new Comparison(before, coming);
        try {
            comparison.models();
            while (!comparison.waiting.isEmpty()) {
                Waiting next = comparison.waiting.remove();
                comparison.types(next.place(), next.was(), next.is());
            }
        } catch (Budget.Spent e) {
            throw new ProblemException(
                    "check.failed",
                    "The data's schema is too large to compare: more than " + MOST_STEPS + " steps were needed.",
                    "Compare it by hand, or split it.");
        }
        return List.copyOf(comparison.changes);
    }

    private void models() throws Budget.Spent, InterruptedException {
        // What is compared as a model need not be compared again where others refer to it.
        before.modelNames().stream()
                .filter(coming.modelNames()::contains)
                .forEach(name -> compared.add(List.of(name, name)));
        Pairing<Model> pairing =
                Pairing.of(before.models().values(), coming.models().values());
        for (Pairing.Pair<Model> pair : pairing.pairs()) {
            Model was = pair.before();
            Model is = pair.coming();
            if (!was.name().equals(is.name())) {
                changes.add(new Safe(Safe.Kind.RENAMED, model(was), is.where()));
            }
            types(new Place(model(is), is.name(), is.where()), was.type(), is.type());
        }
        for (Pairing.Pair<Model> pair : pairing.rekeyed()) {
            changes.add(rekeyed(
                    model(pair.before()),
                    pair.before(),
                    pair.coming(),
                    pair.coming().where()));
        }
        for (Model gone : pairing.gone()) {
            changes.add(new DataLoss(
                    LossKind.MODEL_DELETED,
                    model(gone),
                    "all data of " + model(gone),
                    "is deleted",
                    new Location(gone.where().file(), 0, 0)));
        }
        for (Model added : pairing.added()) {
            changes.add(new Safe(Safe.Kind.MODEL_ADDED, model(added), added.where()));
        }
    }

    /**
     * What is being compared.
     *
     * @param subject as the subject of a sentence
     * @param path names of models and fields, joined by dots
     */
    private record Place(String subject, String path, Location where) {

        Place field(Field field) {
            String name = path + "." + field.name();
            return new Place("field " + Words.clip(name), name, field.where());
        }

        Place items() {
            return new Place(subject, path + "[]", where);
        }
    }

    private void types(Place place, ValueType was, ValueType is) throws Budget.Spent, InterruptedException {
        budget.spend();
        if (was instanceof Reference one && is instanceof Reference other) {
            definitions(one, other);
            return;
        }
        ValueType wasHere = was instanceof Reference r ? Assignability.resolve(r, before.definitions()) : was;
        ValueType isHere = is instanceof Reference r ? Assignability.resolve(r, coming.definitions()) : is;
        if (wasHere instanceof Shape one && isHere instanceof Shape other) {
            shapes(place, one, other);
        } else if (wasHere instanceof Sequence one
                && isHere instanceof Sequence other
                && other.limits().allow(one.limits())) {
            types(place.items(), one.items(), other.items());
        } else {
            values(place, wasHere, isHere);
        }
    }

    /** Each pair once, however often it is referred to: named after the definition, not after who uses it. */
    private void definitions(Reference was, Reference is) throws Budget.Spent, InterruptedException {
        if (compared.add(List.of(was.definition(), is.definition()))) {
            Definition one = before.definitions().get(was.definition());
            Definition other = coming.definitions().get(is.definition());
            if (one == null || other == null) {
                return;
            }
            String name = is.definition().substring(is.definition().lastIndexOf('/') + 1);
            Place place = new Place("definition " + Words.clip(name), name, other.where());
            waiting.add(new Waiting(place, one.type(), other.type()));
        }
    }

    private void shapes(Place place, Shape was, Shape is) throws Budget.Spent, InterruptedException {
        Pairing<Field> pairing = Pairing.of(was.fields().values(), is.fields().values());
        for (Pairing.Pair<Field> pair : pairing.pairs()) {
            field(place.field(pair.coming()), pair.before(), pair.coming());
        }
        for (Pairing.Pair<Field> pair : pairing.rekeyed()) {
            Place field = place.field(pair.coming());
            changes.add(rekeyed(field.subject(), pair.before(), pair.coming(), field.where()));
        }
        for (Field gone : pairing.gone()) {
            if (!gone.derived()) {
                Place field = place.field(gone);
                changes.add(new DataLoss(
                        LossKind.FIELD_DELETED,
                        field.subject(),
                        "what is stored in " + field.subject(),
                        "is deleted",
                        place.where()));
            }
        }
        for (Field added : pairing.added()) {
            added(place.field(added), added);
        }
        others(place, was, is);
    }

    private void others(Place place, Shape was, Shape is) throws Budget.Spent, InterruptedException {
        if (!is.limits().allow(was.limits())) {
            changes.add(new Unsafe(
                    UnsafeKind.NARROWED,
                    place.subject(),
                    "allowed " + was.describe() + " and now allows only " + is.describe(),
                    place.where()));
        }
        if (!assignability.takes(is.others(), was.others())) {
            changes.add(new Unsafe(
                    UnsafeKind.NARROWED,
                    place.subject(),
                    "allowed " + was.others().describe() + " under names that are no fields, and now allows "
                            + is.others().describe(),
                    place.where()));
        }
    }

    private void added(Place field, Field added) {
        if (added.required() && !added.filled() && !added.derived()) {
            changes.add(new Unsafe(
                    UnsafeKind.REQUIRED_FIELD_ADDED,
                    field.subject(),
                    "is new and required, but what is stored already does not have it",
                    field.where()));
        } else {
            changes.add(new Safe(Safe.Kind.FIELD_ADDED, field.subject(), field.where()));
        }
    }

    private void field(Place place, Field was, Field is) throws Budget.Spent, InterruptedException {
        if (!was.name().equals(is.name())) {
            changes.add(new Safe(Safe.Kind.RENAMED, place.subject(), is.where()));
        }
        if (!was.required() && is.required() && !is.derived() && !is.filled()) {
            changes.add(new Unsafe(
                    UnsafeKind.MADE_REQUIRED,
                    place.subject(),
                    "was optional and becomes required, but some of what is stored may not have it",
                    is.where()));
        } else if (was.required() && !is.required()) {
            changes.add(new Safe(Safe.Kind.MADE_OPTIONAL, place.subject(), is.where()));
        }
        if (was.derived() != is.derived()) {
            derived(place, was);
        } else {
            types(place, was.type(), is.type());
        }
    }

    /** What was stored is computed from now on, or the other way round. */
    private void derived(Place place, Field was) {
        if (!was.derived()) {
            changes.add(new DataLoss(
                    LossKind.FIELD_DELETED,
                    place.subject(),
                    "what is stored in " + place.subject(),
                    "becomes a view of other data",
                    place.where()));
        }
    }

    private void values(Place place, ValueType was, ValueType is) throws Budget.Spent, InterruptedException {
        if (assignability.takes(is, was)) {
            if (!was.equals(is)) {
                changes.add(new Safe(Safe.Kind.WIDENED, place.subject(), place.where()));
            }
            return;
        }
        boolean narrower = reverse.takes(was, is);
        changes.add(new Unsafe(
                narrower ? UnsafeKind.NARROWED : UnsafeKind.TYPE_CHANGED,
                place.subject(),
                (narrower ? "allowed " : "was ")
                        + was.describe()
                        + (narrower ? " and now allows only " : " and becomes ")
                        + is.describe(),
                place.where()));
    }

    private static DataLoss rekeyed(String subject, Stored was, Stored is, Location where) {
        return new DataLoss(
                LossKind.STORAGE_KEY,
                subject,
                "what is stored in " + subject + " under the key " + Words.quote(was.storageKey()),
                "has the storage key " + Words.quote(is.storageKey())
                        + " now: it was deleted and added again, or its key" + " was edited, and it would begin empty",
                where);
    }

    private static String model(Model model) {
        return "model " + Words.clip(model.name());
    }

    /**
     * Which of two versions' entries are the same: those with the same storage key, whatever their names.
     *
     * @param rekeyed the same name with another storage key
     */
    private record Pairing<T extends Stored>(List<Pair<T>> pairs, List<Pair<T>> rekeyed, List<T> gone, List<T> added) {

        record Pair<T>(T before, T coming) {}

        static <T extends Stored> Pairing<T> of(Collection<T> before, Collection<T> coming) {
            Map<String, T> byKey = new HashMap<>();
            coming.forEach(c -> byKey.putIfAbsent(c.storageKey(), c));
            Map<String, T> byName = new HashMap<>();
            coming.forEach(c -> byName.putIfAbsent(c.name(), c));
            Pairing<T> pairing =
                    new Pairing<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            Set<String> taken = new HashSet<>();
            List<T> unmatched = new ArrayList<>();
            for (T was : before) {
                T same = byKey.get(was.storageKey());
                if (same != null && taken.add(same.name())) {
                    pairing.pairs.add(new Pair<>(was, same));
                } else {
                    unmatched.add(was);
                }
            }
            for (T was : unmatched) {
                T namesake = byName.get(was.name());
                if (namesake != null && taken.add(namesake.name())) {
                    pairing.rekeyed.add(new Pair<>(was, namesake));
                } else {
                    pairing.gone.add(was);
                }
            }
            coming.stream().filter(c -> !taken.contains(c.name())).forEach(pairing.added::add);
            return pairing;
        }
    }
}
