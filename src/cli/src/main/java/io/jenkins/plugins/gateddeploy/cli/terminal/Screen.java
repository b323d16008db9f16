package io.jenkins.plugins.gateddeploy.cli.terminal;

import java.util.Map;
import java.util.Optional;

/**
 * What standard output is.
 *
 * @param terminal whether people look at it while it is written
 * @param colours whether they want colours
 * @param width characters in a line; {@link Integer#MAX_VALUE} where nothing bounds it
 */
public record Screen(boolean terminal, boolean colours, int width) {
    private static final int USUAL_WIDTH = 80;
    private static final int NARROWEST = 40;

    /** {@return a file or a pipe} */
    public static Screen none() {
        return new Screen(false, false, Integer.MAX_VALUE);
    }

    /**
     * {@return what this process writes to}
     *
     * <p>The launcher script says so, and how wide it is: Java cannot ask about standard output alone, and since version
     * 22 its console is there without a terminal too.
     *
     * @param environment may hold {@code NO_COLOR} (<a href="https://no-color.org">no-color.org</a>), {@code TERM}
     */
    public static Screen ofProcess(Map<String, String> environment) {
        if (!Boolean.getBoolean("gateddeploy.terminal")) {
            return none();
        }
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb;
        int width = number(System.getProperty("gateddeploy.columns"))
                .or(() -> number(environment.get("COLUMNS")))
                .orElse(USUAL_WIDTH);
        return new Screen(!dumb, colours, Math.max(NARROWEST, width));
    }

    private static Optional<Integer> number(String text) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
