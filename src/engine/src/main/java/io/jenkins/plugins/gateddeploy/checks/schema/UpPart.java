package io.jenkins.plugins.gateddeploy.checks.schema;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a migration that is applied on the way forward, of tools that keep the way back in the same file. Only
 * where a file has both marks of a tool is anything left out: to other tools they are comments, and all of it is run.
 */
final class UpPart {

    /** The lines with which a tool's parts begin. */
    private record Marks(Pattern up, Pattern down) {

        static Marks of(String up, String down) {
            return new Marks(Pattern.compile(up, Pattern.MULTILINE), Pattern.compile(down, Pattern.MULTILINE));
        }
    }

    private static final List<Marks> TOOLS = List.of(
            // https://pressly.github.io/goose/documentation/annotations/
            Marks.of("^--\\h?\\+goose\\h+Up\\b.*$", "^--\\h?\\+goose\\h+Down\\b.*$"),
            // https://github.com/rubenv/sql-migrate#writing-migrations
            Marks.of("^--\\h?\\+migrate\\h+Up\\b.*$", "^--\\h?\\+migrate\\h+Down\\b.*$"),
            // https://github.com/amacneil/dbmate#creating-migrations
            Marks.of("^--\\h*migrate:up(?:\\h.*)?$", "^--\\h*migrate:down(?:\\h.*)?$"),
            // https://salsita.github.io/node-pg-migrate/cli (SQL migrations)
            Marks.of("^--\\h*[Uu]p [Mm]igration\\b.*$", "^--\\h*[Dd]own [Mm]igration\\b.*$"));

    private UpPart() {}

    /** {@return the text with the lines of the way back emptied, so that the others keep their numbers} */
    static String of(MigrationFile file, String text) {
        if (file.kind() != MigrationFile.Kind.ONCE || isOneWay(file.path())) {
            return text;
        }
        for (Marks marks : TOOLS) {
            if (marks.up().matcher(text).find() && marks.down().matcher(text).find()) {
                return without(text, marks);
            }
        }
        return text;
    }

    /** To golang-migrate and diesel the other way is another file. */
    private static boolean isOneWay(String path) {
        return path.endsWith(".up.sql") || path.endsWith("/up.sql");
    }

    private static String without(String text, Marks marks) {
        StringBuilder up = new StringBuilder(text.length());
        boolean down = false;
        for (String line : text.split("(?<=\n)", -1)) {
            String mark = line.stripTrailing();
            if (marks.up().matcher(mark).matches()) {
                down = false;
            } else if (marks.down().matcher(mark).matches()) {
                down = true;
            }
            up.append(down ? (line.endsWith("\n") ? "\n" : "") : line);
        }
        return up.toString();
    }
}
