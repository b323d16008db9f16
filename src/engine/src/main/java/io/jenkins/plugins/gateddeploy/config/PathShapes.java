package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.ReleaseSettings.Shared;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Paths on a target, brought to their one normal form. */
final class PathShapes {

    /** Where releases live. */
    static final Shape<String> ABSOLUTE = new Text<>("an absolute path such as \"/srv/storefront\"", text -> {
        List<String> names = names(text);
        if (!text.startsWith("/")) {
            throw new Text.Unfit("is relative: " + Quoted.quote(text));
        }
        if (names.isEmpty()) {
            throw new Text.Unfit("is the root directory");
        }
        return "/" + String.join("/", names);
    });

    /** A file of the repository. */
    static final Shape<String> FILE =
            new Text<>("a file's path below the release, such as \"app.toml\"", PathShapes::relative);

    private static final Shape<Shared> SHARED = new Text<>(
            "a path below the release, such as \"storage/\" or \".env\"",
            text -> new Shared(relative(text), text.endsWith("/")));

    /** What survives releases; empty is fine, to share nothing of what a recipe names. */
    static final Shape<List<Shared>> SHARED_LIST = ListOf.any(
                    "a list of paths such as [\"storage/\", \".env\"]", SHARED)
            .with(PathShapes::rejectOverlaps);

    private PathShapes() {}

    private static String relative(String text) throws Text.Unfit {
        List<String> names = names(text);
        if (text.startsWith("/")) {
            throw new Text.Unfit("is absolute: " + Quoted.quote(text));
        }
        if (names.isEmpty()) {
            throw new Text.Unfit("is " + Quoted.quote(text) + ", the release itself");
        }
        return String.join("/", names);
    }

    private static List<String> names(String text) throws Text.Unfit {
        Scalars.rejectControlCharacters(text);
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                throw new Text.Unfit("contains ..: " + Quoted.quote(text));
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return names;
    }

    /** One link inside another would be made in the shared directory, not in the release. */
    private static void rejectOverlaps(List<ListOf.Item<Shared>> items, Findings findings) {
        Set<String> paths = items.stream().map(i -> i.value().path()).collect(Collectors.toSet());
        Set<String> seen = new HashSet<>();
        for (ListOf.Item<Shared> item : items) {
            String path = item.value().path();
            if (!seen.add(path)) {
                findings.add("config.duplicate", item.place(), "is written twice.", "Remove one of them.");
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String around = path.substring(0, slash);
                if (paths.contains(around)) {
                    findings.add(
                            "config.duplicate",
                            item.place(),
                            "lies within " + Quoted.quote(around) + ", which is shared as a whole.",
                            "Remove one of them.");
                }
            }
        }
    }
}
