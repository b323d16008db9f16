package io.jenkins.plugins.gateddeploy.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Patterns of paths as <a href="https://ant.apache.org/manual/dirtasks.html#patterns">Apache Ant</a> has them: {@code ?}
 * is one character and {@code *} any number of them, both without a slash; {@code **} is any number of folders; a
 * pattern that ends with a slash means everything below. Upper and lower case differ.
 */
public final class PathPatterns {
    private final List<Pattern> whole = new ArrayList<>();
    private final List<Pattern> folders = new ArrayList<>();

    /**
     * Patterns of which one has to match.
     *
     * @param patterns with {@code /}; none match nothing
     */
    public PathPatterns(List<String> patterns) {
        for (String pattern : patterns) {
            String full = pattern.endsWith("/") ? pattern + "**" : pattern;
            whole.add(Pattern.compile(regex(full), Pattern.DOTALL));
            if (full.equals("**")) {
                folders.add(Pattern.compile(".*", Pattern.DOTALL));
            } else if (full.endsWith("/**")) {
                folders.add(Pattern.compile(regex(full.substring(0, full.length() - 3)), Pattern.DOTALL));
            }
        }
    }

    /** {@return whether one of the patterns is of that path, as a whole} */
    public boolean matches(String path) {
        return whole.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    /** {@return whether surely everything below a folder matches, so that nobody need look into it} */
    boolean matchesAllBelow(String folder) {
        return folders.stream().anyMatch(pattern -> pattern.matcher(folder).matches());
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        String[] segments = pattern.split("/", -1);
        boolean afterStars = false;
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (!segments[i].equals("**")) {
                regex.append(segment(segments[i])).append(last || isFinalStars(segments, i + 1) ? "" : "/");
                afterStars = false;
            } else if (!afterStars) {
                // "a/**" matches a itself too, and so does "a/**/b" match a/b.
                regex.append(isFinalStars(segments, i) ? (i == 0 ? ".*" : "(?:/.*)?") : "(?:.*/)?");
                afterStars = true;
            }
        }
        return regex.toString();
    }

    private static boolean isFinalStars(String[] segments, int from) {
        for (int i = from; i < segments.length; i++) {
            if (!segments[i].equals("**")) {
                return false;
            }
        }
        return from < segments.length;
    }

    private static String segment(String segment) {
        StringBuilder regex = new StringBuilder();
        segment.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return regex.toString();
    }
}
