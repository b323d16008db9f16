package io.jenkins.plugins.gateddeploy.checks.target;

import io.jenkins.plugins.gateddeploy.checks.Check;
import io.jenkins.plugins.gateddeploy.checks.Remote;
import io.jenkins.plugins.gateddeploy.checks.Subject;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.doctor.Inspection;
import io.jenkins.plugins.gateddeploy.doctor.Room;
import java.time.Clock;
import java.util.List;

/** The checks of this family. */
public final class TargetChecks {
    private TargetChecks() {}

    /** {@return what is looked at before a new version comes} */
    public static List<Check> of(Subject subject) {
        Room room = new FilesRoom(subject.coming());
        return List.of(
                new TargetsCheck(Inspection.of(subject.configuration(), room, Clock.systemUTC()), subject.remote()));
    }

    /** {@return what is looked at before a release becomes current again} */
    public static List<Check> beforeRollback(Configuration configuration, Remote remote) {
        return List.of(new TargetsCheck(new Inspection(configuration, false, Room.none(), Clock.systemUTC()), remote));
    }
}
