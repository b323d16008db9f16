package io.jenkins.plugins.gateddeploy.jenkins.benchmark;

import hudson.ExtensionList;
import hudson.model.Action;
import hudson.model.Job;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** What the plugin adds to the pages of jobs and builds. It can be taken away and given back in a running Jenkins. */
@SuppressWarnings("rawtypes") // the extension point is one
final class Additions {
    private static final String PLUGIN = "io.jenkins.plugins.gateddeploy.";

    private final ExtensionList<TransientActionFactory> all = ExtensionList.lookup(TransientActionFactory.class);
    private final List<TransientActionFactory> ours =
            all.stream().filter(Additions::isOurs).toList();

    /** {@return whether it adds something to the page of a job} */
    boolean areOn(Job<?, ?> job) {
        for (Action action : job.getAllActions()) {
            if (isOurs(action)) {
                return true;
            }
        }
        return false;
    }

    /** Gives them back, or takes them away. */
    void set(boolean there) {
        all.removeAll(ours);
        if (there) {
            all.addAll(ours);
        }
    }

    private static boolean isOurs(Object extension) {
        return extension.getClass().getName().startsWith(PLUGIN);
    }
}
