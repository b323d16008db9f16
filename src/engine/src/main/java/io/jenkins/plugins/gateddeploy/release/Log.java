package io.jenkins.plugins.gateddeploy.release;

import io.jenkins.plugins.gateddeploy.log.LineSplitter;
import io.jenkins.plugins.gateddeploy.log.LogLine;
import io.jenkins.plugins.gateddeploy.log.LogSink;
import io.jenkins.plugins.gateddeploy.log.Masking;
import io.jenkins.plugins.gateddeploy.log.MaskingSink;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.time.Clock;

/**
 * Writes a deployment's log.
 *
 * @param sink masks secrets
 * @param masking knows them
 * @param clock dates the lines
 */
record Log(LogSink sink, Masking masking, Clock clock) {

    /** {@return a log whose every line is masked before the sink gets it} */
    static Log of(LogSink sink, Masking masking, Clock clock) {
        return new Log(new MaskingSink(masking, sink), masking, clock);
    }

    /** A line of the engine's own. */
    void say(String text) {
        text.lines().forEach(line -> sink.line(new LogLine(clock.instant(), "", line)));
    }

    /** A line about one target. */
    void say(Target target, String text) {
        text.lines().forEach(line -> sink.line(new LogLine(clock.instant(), target.name(), line)));
    }

    /** {@return what turns a target's output into lines of this log} */
    LineSplitter output(Target target) {
        return new LineSplitter(target.name(), clock, masking, sink);
    }
}
