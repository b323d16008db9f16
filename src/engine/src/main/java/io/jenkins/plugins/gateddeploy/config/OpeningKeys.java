package io.jenkins.plugins.gateddeploy.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** {@code windows}, {@code freezes} and {@code outside}: when deployments may start. */
final class OpeningKeys {
    private static final Key<LocalDate> FROM = Key.required("from", date("\"2026-12-20\""));
    private static final Key<LocalDate> UNTIL = Key.required("until", date("\"2027-01-03\", the last day"));
    private static final Key<String> REASON =
            Key.withDefault("reason", Scalars.line("a reason such as \"Christmas\""), "");
    private static final Key<ZoneId> ZONE = Key.withDefault("zone", HoursSection.ZONE_NAME, ZoneOffset.UTC);

    private static final Section<Freeze> FREEZE = Section.of(
                    "a table that says on which dates nothing is deployed",
                    List.of(FROM, UNTIL, REASON, ZONE),
                    v -> new Freeze(v.get(FROM), v.get(UNTIL), v.get(REASON), v.get(ZONE)))
            .with(OpeningKeys::rejectEndBeforeBeginning);

    private static final Key<List<Hours>> WINDOWS =
            Key.withDefault("windows", ListOf.any("a list of windows", HoursSection.WINDOW), List.of());
    private static final Key<List<Freeze>> FREEZES =
            Key.withDefault("freezes", ListOf.any("a list of freezes", FREEZE), List.of());
    private static final Key<Outside> OUTSIDE =
            Key.withDefault("outside", Scalars.choice(Outside.class), Outside.REFUSE);

    static final List<Key<?>> KEYS = List.of(WINDOWS, FREEZES, OUTSIDE);

    private OpeningKeys() {}

    static Opening opening(Values v) {
        return new Opening(v.get(WINDOWS), v.get(FREEZES), v.get(OUTSIDE));
    }

    private static Shape<LocalDate> date(String example) {
        return new Text<>("a date such as " + example, text -> {
            // Java takes years of more digits, whose ends are out of reach.
            if (text.length() != "yyyy-mm-dd".length()) {
                throw new Text.Unfit("is " + Quoted.quote(text));
            }
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new Text.Unfit("is " + Quoted.quote(text));
            }
        });
    }

    private static void rejectEndBeforeBeginning(Values values, Node.Table table, Findings findings) {
        boolean wrong = values.find(FROM)
                .flatMap(from -> values.find(UNTIL).map(until -> until.isBefore(from)))
                .orElse(false);
        if (wrong) {
            findings.value(
                    values.written(UNTIL).orElseThrow(),
                    "a date not before from (" + values.get(FROM) + ")",
                    "is " + values.get(UNTIL));
        }
    }
}
