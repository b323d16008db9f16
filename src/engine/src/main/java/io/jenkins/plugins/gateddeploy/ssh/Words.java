package io.jenkins.plugins.gateddeploy.ssh;

import java.time.Duration;

/** Values as people read them. */
final class Words {
    private Words() {}

    static String of(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " minutes" : seconds + " s";
    }
}
