package io.jenkins.plugins.gateddeploy.source;

/** The mark by which the author of a commit says that it is not to go on by itself: a person has to look first. */
public final class Hold {
    /** With which the commit's message begins, in whichever case. */
    public static final String MARK = "[HOLD]";

    /** The id of the problem by which people are told of it. */
    public static final String PROBLEM = "release.held";

    private Hold() {}

    /** {@return whether a commit's message begins with the mark, not counting white space before it} */
    public static boolean marks(String message) {
        return message.stripLeading().regionMatches(true, 0, MARK, 0, MARK.length());
    }
}
