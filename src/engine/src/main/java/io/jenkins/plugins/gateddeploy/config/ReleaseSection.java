package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.ReleaseSettings.Reuse;
import io.jenkins.plugins.gateddeploy.config.ReleaseSettings.Shared;
import java.util.List;

/** {@code [release]}: where releases live on a target. */
final class ReleaseSection {
    private static final Key<String> PATH = Key.required("path", PathShapes.ABSOLUTE);
    private static final Key<Integer> KEEP = Key.withDefault("keep", Scalars.integer(1, 10_000), 10);
    private static final Key<List<Shared>> SHARED = Key.withDefault("shared", PathShapes.SHARED_LIST, List.of());
    static final Key<Reuse> REUSE = Key.withDefault("reuse", Scalars.choice(Reuse.class), Reuse.COPY);

    static final Section<ReleaseSettings> SECTION = Section.of(
            "a table that says where releases live",
            List.of(PATH, KEEP, SHARED, REUSE),
            v -> new ReleaseSettings(v.get(PATH), v.get(KEEP), v.get(SHARED), v.get(REUSE)));

    private ReleaseSection() {}
}
