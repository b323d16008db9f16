package io.jenkins.plugins.gateddeploy.checks.contract;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.command.Commands;
import io.jenkins.plugins.gateddeploy.command.Layout;
import io.jenkins.plugins.gateddeploy.config.Api;
import io.jenkins.plugins.gateddeploy.config.CheckSettings;
import java.util.ArrayList;
import java.util.List;

/** The checks of what others rely on: {@code api.incompatible} and {@code schedule.incompatible}. */
public final class ContractChecks {
    private ContractChecks() {}

    /** {@return one for each document that deploy.toml names, and one for scheduled calls where it names them} */
    public static List<Check> of(Subject subject) {
        CheckSettings settings = subject.configuration().checks();
        List<Check> checks = new ArrayList<>();
        for (Api api : settings.api()) {
            checks.add(new ApiCheck(api.file(), subject.coming(), subject.current()));
        }
        Commands commands =
                new Commands(new Layout(subject.configuration().release().path()), "checks", "checks");
        settings.schedule()
                .ifPresent(schedule -> checks.add(
                        new ScheduleCheck(schedule, subject.coming(), subject.current(), subject.remote(), commands)));
        return List.copyOf(checks);
    }
}
