package io.jenkins.plugins.gateddeploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Has the data copied before it is changed: the backup task runs right before the one that migrates when the file has it
 * behind that in the same phase.
 */
final class BackupFirst {
    private BackupFirst() {}

    /** {@return the tasks in that order; as they are where one of the two is missing or belongs to another phase} */
    static List<Task> of(List<Task> tasks, DataSchema schema) {
        int backup = position(tasks, schema.backup());
        int migrate = position(tasks, schema.migrate());
        if (migrate < 0
                || backup < migrate
                || tasks.get(backup).at() != tasks.get(migrate).at()) {
            return tasks;
        }
        List<Task> sorted = new ArrayList<>(tasks);
        sorted.add(migrate, sorted.remove(backup));
        return List.copyOf(sorted);
    }

    private static int position(List<Task> tasks, String name) {
        return IntStream.range(0, tasks.size())
                .filter(i -> tasks.get(i).name().equals(name))
                .findFirst()
                .orElse(-1);
    }
}
