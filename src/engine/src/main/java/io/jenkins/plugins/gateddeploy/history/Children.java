package io.jenkins.plugins.gateddeploy.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Rows that belong to others (deployments, gates), read for many of those at once. */
final class Children {
    /** Databases limit the parameters of a statement. */
    private static final int AT_ONCE = 500;

    private Children() {}

    /** Makes a value of a row, whose first column is the id of what it belongs to. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * {@return the rows of each owner that has any, by its id, in the order they were written}
     *
     * @param select names the owner's id as its first column
     */
    static <T> Map<String, List<T>> of(Handle handle, String select, List<String> owners, Reader<T> reader) {
        Map<String, List<T>> children = new HashMap<>();
        String owner = select.substring("select ".length(), select.indexOf(','));
        for (int from = 0; from < owners.size(); from += AT_ONCE) {
            List<String> some = owners.subList(from, Math.min(from + AT_ONCE, owners.size()));
            String marks = String.join(", ", Collections.nCopies(some.size(), "?"));
            Query query = handle.createQuery(select + " where " + owner + " in (" + marks + ") order by entry");
            for (int i = 0; i < some.size(); i++) {
                query.bind(i, some.get(i));
            }
            query.map((row, context) -> Map.entry(row.getString(1), reader.read(row)))
                    .forEach(e -> children.computeIfAbsent(e.getKey(), id -> new ArrayList<>())
                            .add(e.getValue()));
        }
        return children;
    }
}
