package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code approval}: who has to approve. */
final class ApprovalSection {
    private static final Shape<String> APPROVER = new Text<>(
            "a user's id such as \"alice\", or a group such as \"@release-managers\"", ApprovalSection::approver);

    /** As {@code gate.Condition} knows them. */
    private static final Map<String, String> CONDITIONS = conditions("build-success", "tests-pass", "no-problems");

    private static final Key<List<String>> APPROVERS =
            Key.withDefault("approvers", ListOf.some("a list of people and groups", APPROVER), List.of());
    private static final Key<Integer> REQUIRED = Key.withDefault("required", Scalars.integer(1, 100), 1);
    private static final Key<Duration> TIMEOUT =
            Key.withDefault("timeout", Scalars.DURATION_TEXT, Duration.ofHours(24));
    private static final Key<Boolean> AUTHOR_MAY_APPROVE =
            Key.withDefault("author_may_approve", Scalars.BOOLEAN, false);
    private static final Key<List<String>> AUTO =
            Key.withDefault("auto", ListOf.some("a list of conditions", Scalars.choice(CONDITIONS)), List.of());

    private static final Key<List<String>> ALL_OF =
            Key.withDefault("all_of", ListOf.some("a list of people and groups", APPROVER), List.of());
    private static final Key<Boolean> REQUESTER_MAY_APPROVE =
            Key.withDefault("requester_may_approve", Scalars.BOOLEAN, false);
    private static final Key<List<Duration>> REMIND =
            Key.withDefault("remind", ListOf.some("a list of durations", Scalars.DURATION_TEXT), List.of());
    private static final Key<Hours> HOURS = Key.optional("hours", HoursSection.SECTION);

    private static final Key<Duration> AFTER = Key.required("after", Scalars.DURATION_TEXT);
    private static final Key<List<String>> TO =
            Key.required("to", ListOf.some("a list of people and groups", APPROVER));
    private static final Key<Terms.Escalation> ESCALATE = Key.optional(
            "escalate",
            Section.of(
                    "a table that says who may approve too after a while",
                    List.of(AFTER, TO),
                    v -> new Terms.Escalation(v.get(AFTER), v.get(TO))));

    static final Section<Approval> SECTION = Section.of(
                    "a table that says who has to approve",
                    List.of(
                            APPROVERS,
                            REQUIRED,
                            ALL_OF,
                            AUTHOR_MAY_APPROVE,
                            REQUESTER_MAY_APPROVE,
                            TIMEOUT,
                            REMIND,
                            ESCALATE,
                            HOURS,
                            AUTO),
                    ApprovalSection::approval)
            .with(ApprovalSection::rejectWhatComesTooLate);

    private ApprovalSection() {}

    private static Map<String, String> conditions(String... names) {
        Map<String, String> conditions = new LinkedHashMap<>();
        List.of(names).forEach(name -> conditions.put(name, name));
        return conditions;
    }

    private static Approval approval(Values v) {
        return new Approval(
                v.get(APPROVERS),
                v.get(REQUIRED),
                v.get(TIMEOUT),
                v.get(AUTHOR_MAY_APPROVE),
                v.get(AUTO),
                new Terms(v.get(ALL_OF), v.get(REQUESTER_MAY_APPROVE), v.get(REMIND), v.find(ESCALATE), v.find(HOURS)));
    }

    /** A reminder before the gate is open, or others who may approve when it is closed, are not what was meant. */
    private static void rejectWhatComesTooLate(Values values, Node.Table table, Findings findings) {
        Optional<Duration> timeout = values.find(TIMEOUT);
        String expected = "shorter than timeout";
        values.find(REMIND).stream()
                .flatMap(List::stream)
                .filter(before -> timeout.isPresent() && before.compareTo(timeout.get()) >= 0)
                .findFirst()
                .ifPresent(before -> findings.value(
                        values.written(REMIND).orElseThrow(), expected, "has " + before + " of " + timeout.get()));
        values.find(ESCALATE)
                .filter(e -> timeout.isPresent() && e.after().compareTo(timeout.get()) >= 0)
                .ifPresent(e -> findings.value(
                        values.written(ESCALATE)
                                .flatMap(node -> node.child(AFTER.name()))
                                .orElseThrow(),
                        expected,
                        "is " + e.after() + " of " + timeout.get()));
    }

    /** Spaces around it would make it match nobody, for a reason that nobody sees. */
    private static String approver(String text) throws Text.Unfit {
        Scalars.rejectControlCharacters(text);
        String name = text.startsWith("@") ? text.substring(1) : text;
        if (name.isBlank()) {
            throw new Text.Unfit(text.isBlank() ? "is empty" : "is \"@\" without the group's name");
        }
        if (!name.equals(name.strip())) {
            throw new Text.Unfit("has spaces around the name: " + Quoted.quote(text));
        }
        return text;
    }
}
