package io.jenkins.plugins.gateddeploy.checks.connection;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A text with gaps: {@code *} stands for one or more characters of one part of an address, {@code **} for any number of
 * any characters, {@code \*} for an asterisk. Matching takes time in proportion to both lengths, whatever is in them.
 */
final class TextPattern {
    /** Longer texts are matched by none: nothing that a pattern is written for has this length. */
    private static final int LONGEST = 64 * 1024;

    /**
     * What ends a part of an address (RFC 3986, section 3), and the backslash that browsers take for a slash: a name
     * with a gap must not match an address of somebody else that has it further back.
     */
    private static final String ENDS = "/?#@:\\";

    private static final int PART = -1;
    private static final int ANY = -2;

    /** Characters, or one of the two gaps. */
    private final List<Integer> steps = new ArrayList<>();

    TextPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                steps.add((int) '*');
                i++;
            } else if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                steps.add(ANY);
                i++;
            } else {
                steps.add(c == '*' ? PART : (int) c);
            }
        }
    }

    /** {@return whether the text has a gap, or an escaped asterisk} */
    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0;
    }

    boolean matches(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        // Bit i: the first i steps have matched what was read so far.
        BitSet reached = new BitSet();
        reached.set(0);
        passOver(reached);
        for (int at = 0; at < text.length() && !reached.isEmpty(); at++) {
            reached = after(reached, text.charAt(at));
        }
        return reached.get(steps.size());
    }

    private BitSet after(BitSet reached, char c) {
        BitSet next = new BitSet();
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (i == steps.size()) {
                continue;
            }
            int step = steps.get(i);
            if (step == ANY) {
                next.set(i);
            } else if (step == PART && ENDS.indexOf(c) < 0 && !Character.isWhitespace(c)) {
                next.set(i);
                next.set(i + 1);
            } else if (step == c) {
                next.set(i + 1);
            }
        }
        passOver(next);
        return next;
    }

    /** A gap that may be empty counts as passed when it is reached. */
    private void passOver(BitSet reached) {
        for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
            if (i < steps.size() && steps.get(i) == ANY) {
                reached.set(i + 1);
            }
        }
    }
}
