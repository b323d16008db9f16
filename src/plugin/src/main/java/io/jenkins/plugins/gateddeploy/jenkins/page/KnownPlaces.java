package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.gateddeploy.console.Place;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which jobs have to do with which environments, kept until the history changes: whoever looks at a page that follows what
 * happens is asked about at each event, and the answer for all of them takes one look at the history. What somebody may
 * see of it is no part of this, and is found out each time.
 */
@Extension
public final class KnownPlaces {
    private static final String ALL = "";

    private volatile AsOf known = new AsOf(-1, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    /** What was found out since a change. */
    private record AsOf(long stamp, Map<String, Set<Place>> places, Map<String, List<History.Site>> sites) {}

    /** {@return those of this controller} */
    static KnownPlaces get() {
        return ExtensionList.lookupSingleton(KnownPlaces.class);
    }

    /** {@return the environments of a job or folder, and of all below it} */
    Set<Place> of(String job) {
        return now().places().computeIfAbsent(job, name -> Set.copyOf(Places.of(history(), name)));
    }

    /** {@return who has asked to deploy where, or opened a gate there} */
    List<History.Site> sites() {
        return now().sites().computeIfAbsent(ALL, all -> List.copyOf(history().sites()));
    }

    /** The stamp is asked for first: what changes while the history is read is read again. */
    private AsOf now() {
        long stamp = history().stamp();
        AsOf before = known;
        if (before.stamp() == stamp) {
            return before;
        }
        AsOf fresh = new AsOf(stamp, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        known = fresh;
        return fresh;
    }

    private static History history() {
        return JenkinsHost.get().history();
    }
}
