package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;
import io.jenkins.plugins.gateddeploy.log.CourseFile;
import io.jenkins.plugins.gateddeploy.log.LogFile;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Clock;
import java.util.List;

/**
 * Writes down beside the log how far a deployment has come, for pages, and tells the host's own display.
 *
 * @param display the host's
 * @param course where it is written
 * @param log whose lines belong to the phases
 * @param clock when
 */
record Retelling(Progress display, CourseFile course, LogFile log, Clock clock) implements Progress {

    @Override
    public void begun(DeploymentRecord record) {
        display.begun(record);
    }

    @Override
    public void phase(String name, List<Target> targets) {
        course.phase(
                clock.instant(),
                name,
                log.written(),
                targets.stream().map(Target::name).toList());
        display.phase(name, targets);
    }

    @Override
    public void target(Target target, String doing) {
        course.target(clock.instant(), target.name(), doing);
        display.target(target, doing);
    }

    @Override
    public void failed(Target target, String what) {
        course.failed(clock.instant(), target.name(), what);
        display.failed(target, what);
    }
}
