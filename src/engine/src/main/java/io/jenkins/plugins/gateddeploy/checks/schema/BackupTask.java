package io.jenkins.plugins.gateddeploy.checks.schema;

import io.jenkins.plugins.gateddeploy.config.DataSchema;
import io.jenkins.plugins.gateddeploy.config.Task;
import java.util.List;

/**
 * Whether a copy of the data is made before it is changed.
 *
 * @param advice what people should know or do about it, one or two sentences
 * @param inTime whether there is such a task, and it runs before the data is changed
 */
record BackupTask(boolean inTime, String advice) {

    /** @param tasks in the order in which they run */
    static BackupTask of(DataSchema schema, List<Task> tasks) {
        int backup = position(schema.backup(), tasks);
        int migrate = position(schema.migrate(), tasks);
        if (backup < 0) {
            return new BackupTask(
                    false,
                    "Back the data up first: write a task " + schema.backup() + " that runs before "
                            + (migrate < 0 ? "the data is changed" : schema.migrate())
                            + " and prints where the copy is, as its last line \"backup: <location>\""
                            + " (or name another task in schema.backup).");
        }
        if (migrate >= 0 && migrate < backup) {
            return new BackupTask(
                    false,
                    "Back the data up first: the task " + schema.backup() + " runs after " + schema.migrate()
                            + "; give it the same phase, and no after.");
        }
        if (migrate < 0 && tasks.get(backup).at() == Task.Phase.SWITCHED) {
            return new BackupTask(
                    false,
                    "Back the data up first: the task " + schema.backup()
                            + " runs after the switch; give it at = \"prepare\".");
        }
        return new BackupTask(true, "The task " + schema.backup() + " makes a copy of the data before.");
    }

    private static int position(String name, List<Task> tasks) {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
