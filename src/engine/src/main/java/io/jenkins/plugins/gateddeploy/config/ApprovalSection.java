package io.jenkins.plugins.gateddeploy.config;

import java.time.Duration;
import java.util.List;

/** {@code approval}: who has to approve. */
final class ApprovalSection {
    private static final Shape<String> APPROVER = new Text<>(
            "a user's id such as \"alice\", or a group such as \"@release-managers\"", ApprovalSection::approver);

    private static final Key<List<String>> APPROVERS =
            Key.withDefault("approvers", ListOf.some("a list of people and groups", APPROVER), List.of());
    private static final Key<Integer> REQUIRED = Key.withDefault("required", Scalars.integer(1, 100), 1);
    private static final Key<Duration> TIMEOUT =
            Key.withDefault("timeout", Scalars.DURATION_TEXT, Duration.ofHours(24));
    private static final Key<Boolean> AUTHOR_MAY_APPROVE =
            Key.withDefault("author_may_approve", Scalars.BOOLEAN, false);
    private static final Key<List<String>> AUTO =
            Key.withDefault("auto", ListOf.some("a list of names", Scalars.NAME_TEXT), List.of());

    static final Section<Approval> SECTION = Section.of(
            "a table that says who has to approve",
            List.of(APPROVERS, REQUIRED, TIMEOUT, AUTHOR_MAY_APPROVE, AUTO),
            v -> new Approval(
                    v.get(APPROVERS), v.get(REQUIRED), v.get(TIMEOUT), v.get(AUTHOR_MAY_APPROVE), v.get(AUTO)));

    private ApprovalSection() {}

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
