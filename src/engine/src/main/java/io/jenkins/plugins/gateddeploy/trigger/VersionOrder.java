package io.jenkins.plugins.gateddeploy.trigger;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The order of names of versions: numbers count as numbers, so that {@code v1.10} comes after {@code v1.9}, and what
 * follows a dash comes before the same without it, as <a href="https://semver.org/#spec-item-11">Semantic Versioning
 * 2.0.0</a> orders {@code 1.0.0-rc.1} and {@code 1.0.0}.
 */
final class VersionOrder implements Comparator<String> {
    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        String[] a = split(one);
        String[] b = split(other);
        int main = parts(a[0], b[0]);
        if (main != 0 || a[1].isEmpty() != b[1].isEmpty()) {
            return main != 0 ? main : Boolean.compare(a[1].isEmpty(), b[1].isEmpty());
        }
        int pre = parts(a[1], b[1]);
        return pre != 0 ? pre : one.compareTo(other);
    }

    /** The name before the first dash that follows a digit, and the rest; what is after a plus sign does not count. */
    private static String[] split(String name) {
        String plain = name.replaceFirst("\\+.*", "");
        String[] halves = plain.split("(?<=[0-9])-", 2);
        return halves.length == 2 ? halves : new String[] {plain, ""};
    }

    private static int parts(String one, String other) {
        List<String> a = parts(one);
        List<String> b = parts(other);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = part(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int part(String one, String other) {
        boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static List<String> parts(String text) {
        return PART.matcher(text).results().map(MatchResult::group).toList();
    }
}
