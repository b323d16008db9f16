package io.jenkins.plugins.gateddeploy.history;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.problem.Problem;
import io.jenkins.plugins.gateddeploy.problem.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What checks found. */
final class ProblemTable {
    private static final String COLUMNS =
            "deployment, problem_id, severity, message, mend, file_name, file_line, file_column";

    private final Handle handle;

    ProblemTable(Handle handle) {
        this.handle = handle;
    }

    void replace(String deployment, List<Problem> problems) {
        handle.execute("delete from problem where deployment = ?", deployment);
        append(deployment, problems);
    }

    void append(String deployment, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch("insert into problem (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Problem problem : problems) {
                Location location = problem.location();
                batch.bind(0, deployment)
                        .bind(1, problem.id())
                        .bind(2, problem.severity().name())
                        .bind(3, Columns.text(problem.message()))
                        .bind(4, Columns.text(problem.mend()))
                        .bind(5, location == null ? null : Columns.text(location.file()))
                        .bind(6, location == null ? null : location.line())
                        .bind(7, location == null ? null : location.column())
                        .add();
            }
            batch.execute();
        }
    }

    /** {@return the problems of each of some deployments, by its id, in the order they were found} */
    Map<String, List<Problem>> of(List<String> deployments) {
        return Children.of(handle, "select " + COLUMNS + " from problem", deployments, ProblemTable::problem);
    }

    private static Problem problem(ResultSet row) throws SQLException {
        String file = row.getString(6);
        Location location = file == null ? null : new Location(file, row.getInt(7), row.getInt(8));
        return new Problem(
                row.getString(2), Severity.valueOf(row.getString(3)), row.getString(4), row.getString(5), location);
    }
}
