package io.jenkins.plugins.gateddeploy.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.util.QuotedString;

/**
 * What {@code export-ignore} says about the paths below one folder of a commit: the folder's own
 * {@code .gitattributes}, and those above it. The nearest file that mentions the attribute decides, in it the last line
 * (gitattributes(5)). Macros are not known, and neither are attributes outside of the commit.
 */
final class ExportIgnore {
    /** Nothing is ignored. */
    static final ExportIgnore NONE = new ExportIgnore(null, "", List.of());

    private static final String ATTRIBUTE = "export-ignore";

    private final ExportIgnore above;
    private final String folder;
    private final List<AttributesRule> rules;

    private ExportIgnore(ExportIgnore above, String folder, List<AttributesRule> rules) {
        this.above = above;
        this.folder = folder;
        this.rules = rules;
    }

    /**
     * {@return these rules, and nearer ones from a folder below}
     *
     * @param below the folder's path with a slash at its end; empty for the top
     * @param attributes the content of its {@code .gitattributes}
     */
    ExportIgnore within(String below, byte[] attributes) {
        List<AttributesRule> parsed = new ArrayList<>();
        new String(attributes, StandardCharsets.UTF_8).lines().forEach(line -> parse(line.strip(), parsed));
        return parsed.isEmpty() ? this : new ExportIgnore(this, below, parsed);
    }

    /** {@return whether a path, and for a folder everything in it, stays out of the version} */
    boolean ignores(String path, boolean isFolder) {
        for (ExportIgnore level = this; level != null; level = level.above) {
            String relative = path.substring(level.folder.length());
            for (int i = level.rules.size() - 1; i >= 0; i--) {
                AttributesRule rule = level.rules.get(i);
                if (rule.isMatch(relative, isFolder)) {
                    return lastState(rule) == Attribute.State.SET;
                }
            }
        }
        return false;
    }

    private static void parse(String line, List<AttributesRule> rules) {
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("[attr]")) {
            return;
        }
        int end = line.startsWith("\"") ? closingQuote(line) : endOfWord(line);
        String pattern =
                line.startsWith("\"") ? QuotedString.GIT_PATH.dequote(line.substring(0, end)) : line.substring(0, end);
        // Git ignores negative patterns in attribute files.
        if (pattern.isEmpty() || pattern.startsWith("!")) {
            return;
        }
        AttributesRule rule = new AttributesRule(pattern, line.substring(end).strip());
        if (lastState(rule) != null) {
            rules.add(rule);
        }
    }

    private static int closingQuote(String line) {
        for (int i = 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i + 1;
            }
        }
        return line.length();
    }

    private static int endOfWord(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return line.length();
    }

    /** {@return what the rule says about the attribute in its last word on it; null when it says nothing} */
    private static Attribute.State lastState(AttributesRule rule) {
        Attribute.State state = null;
        for (Attribute attribute : rule.getAttributes()) {
            if (attribute.getKey().equals(ATTRIBUTE)) {
                state = attribute.getState();
            }
        }
        return state;
    }

    /** {@return whether an attributes file has anything to do with Git LFS} */
    static boolean mentionsLfs(byte[] attributes) {
        return new String(attributes, StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .contains("lfs");
    }
}
