package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.gateddeploy.history.Filter;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which jobs have deployed, so that the others do not show a link to a page with nothing on it. */
@Extension
public final class JobsThatDeploy {
    /** In this time a job's first deployment may go without its link. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** Once yes stays yes; a no is good for a while. */
    private record Known(boolean deploys, long nanos) {
        boolean isGood() {
            return deploys || System.nanoTime() - nanos < KNOWN_FOR.toNanos();
        }
    }

    /** {@return those of this controller} */
    static JobsThatDeploy get() {
        return ExtensionList.lookupSingleton(JobsThatDeploy.class);
    }

    /** {@return whether a job, or one below it, has a deployment or a gate} */
    boolean contains(String job) {
        return known.compute(job, (name, before) -> before != null && before.isGood() ? before : look(name))
                .deploys();
    }

    private static Known look(String job) {
        History history = JenkinsHost.get().history();
        boolean deploys =
                !history.list(Filter.of(new Filter.Job(job, true, 0), 1)).isEmpty()
                        || !Places.of(history, job).isEmpty();
        return new Known(deploys, System.nanoTime());
    }
}
