package io.jenkins.plugins.gateddeploy.history;

import java.util.ArrayList;
import java.util.List;

/** A {@link Filter} as the condition of a prepared statement. */
final class FilterQuery {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final int limit;

    FilterQuery(Filter filter) {
        if (filter.limit() < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, not " + filter.limit());
        }
        limit = filter.limit();
        filter.app().ifPresent(v -> and("app = ?", v));
        filter.environment().ifPresent(v -> and("environment = ?", v));
        filter.state().ifPresent(v -> and("state = ?", v.name()));
        filter.user().ifPresent(v -> and("actor = ?", v));
        filter.since().ifPresent(v -> and("started >= ?", Columns.time(v)));
        filter.until().ifPresent(v -> and("started < ?", Columns.time(v)));
        filter.search().ifPresent(this::search);
        filter.job().ifPresent(this::job);
        filter.number().ifPresent(v -> and("sequence_number = ?", v));
    }

    private void and(String condition, Object value) {
        conditions.add(condition);
        values.add(value);
    }

    private void job(Filter.Job job) {
        conditions.add(job.children() ? "(job = ? or job like ? escape '!')" : "job = ?");
        values.add(job.name());
        if (job.children()) {
            values.add(below(job.name()));
        }
        if (job.build() != 0) {
            and("build = ?", job.build());
        }
    }

    private void search(String text) {
        List<String> any = new ArrayList<>();
        String literal = literal(text);
        for (String column : List.of("subject", "author", "reference", "tag")) {
            any.add("lower(" + column + ") like lower(?) escape '!'");
            values.add("%" + literal + "%");
        }
        for (String column : List.of("commit_id", "release_id")) {
            any.add("lower(" + column + ") like lower(?) escape '!'");
            values.add(literal + "%");
        }
        conditions.add("(" + String.join(" or ", any) + ")");
    }

    /** {@return a pattern for the jobs below another, with {@code !} as its escape character} */
    static String below(String job) {
        return literal(job) + "/%";
    }

    /** The escape character is named in the statement: databases differ in their default. */
    static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** {@return the {@code where} clause with its leading space; empty when everything matches} */
    String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** {@return the values of the clause's question marks, in order} */
    List<Object> values() {
        return List.copyOf(values);
    }

    int limit() {
        return limit;
    }
}
