package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Finds jobs by the names under which the history knows them. */
public final class Jobs {
    private Jobs() {}

    /**
     * {@return the job or folder of that full name, whoever asks} What the caller may do with it is theirs to check.
     *
     * @param fullName may be empty, which no job is called
     */
    public static Optional<Item> find(String fullName) {
        if (fullName.isEmpty()) {
            return Optional.empty();
        }
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return Optional.ofNullable(Jenkins.get().getItemByFullName(fullName));
        }
    }
}
