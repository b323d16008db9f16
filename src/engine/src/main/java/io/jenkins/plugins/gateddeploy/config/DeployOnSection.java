package io.jenkins.plugins.gateddeploy.config;

import java.util.List;

/** {@code deploy_on}: which pushes are deployed by themselves. */
final class DeployOnSection {
    /** Matching takes longer with each star; nobody has names of branches as long as this. */
    private static final int LONGEST = 200;

    private static final int MOST_STARS = 8;

    private static final Key<List<String>> BRANCHES = patterns("branches", "a list of patterns such as [\"main\"]");
    private static final Key<List<String>> TAGS = patterns("tags", "a list of patterns such as [\"v*\"]");
    private static final Key<Boolean> ONLY_AFTER_SUCCESS =
            Key.withDefault("only_after_success", Scalars.BOOLEAN, false);

    static final Section<DeployOn> SECTION = Section.of(
            "a table such as { branches = [\"main\"], tags = [\"v*\"] }",
            List.of(BRANCHES, TAGS, ONLY_AFTER_SUCCESS),
            v -> new DeployOn(v.get(BRANCHES), v.get(TAGS), v.get(ONLY_AFTER_SUCCESS)));

    private DeployOnSection() {}

    private static Key<List<String>> patterns(String name, String expected) {
        return Key.withDefault(
                name, ListOf.any(expected, new Text<>("a pattern of names", DeployOnSection::pattern)), List.of());
    }

    private static String pattern(String text) throws Text.Unfit {
        if (text.isBlank()) {
            throw new Text.Unfit("is empty");
        }
        Scalars.rejectControlCharacters(text);
        if (text.startsWith("refs/")) {
            throw new Text.Unfit("begins with refs/: " + Quoted.quote(text) + "; write the name alone");
        }
        if (text.length() > LONGEST || text.chars().filter(c -> c == '*').count() > MOST_STARS) {
            throw new Text.Unfit(
                    "is longer than " + LONGEST + " characters, or has more than " + MOST_STARS + " stars");
        }
        return text;
    }
}
