package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Credentials for what a person does with a job outside any build: the same ones that its builds may use. Whoever may
 * deploy from the job does so with the job's credentials, as if they had started a build; their own ones are used when
 * the job has none of that id and they may use them there.
 */
public final class ItemCredentials extends StoredCredentials {
    private final Item item;
    private final Authentication person;

    /**
     * Looks nothing up yet.
     *
     * @param item the job, on which the use is recorded; null when it is gone, for the credentials of Jenkins itself
     * @param person who does it; must have been found to be allowed to
     */
    public ItemCredentials(Item item, Authentication person) {
        this.item = item;
        this.person = person;
    }

    @Override
    <C extends StandardCredentials> C of(Class<C> type, String id) {
        if (item == null) {
            return CredentialsProvider.findCredentialByIdInItemGroup(id, type, Jenkins.get(), ACL.SYSTEM2, List.of());
        }
        Authentication job = item instanceof Queue.Task task ? task.getDefaultAuthentication2() : ACL.SYSTEM2;
        C found = CredentialsProvider.findCredentialByIdInItem(id, type, item, job, List.of());
        // As for a build: jobs that run as somebody may still use what is there for the job itself.
        boolean shared = found == null
                && !ACL.SYSTEM2.equals(job)
                && item.getACL().hasPermission2(job, CredentialsProvider.USE_ITEM);
        if (shared) {
            found = CredentialsProvider.findCredentialByIdInItem(id, type, item, ACL.SYSTEM2, List.of());
        }
        boolean own = found == null
                && !ACL.isAnonymous2(person)
                && item.getACL().hasPermission2(person, CredentialsProvider.USE_OWN);
        return own ? CredentialsProvider.findCredentialByIdInItem(id, type, item, person, List.of()) : found;
    }

    @Override
    void track(StandardCredentials used) {
        if (item != null) {
            CredentialsProvider.track(item, used);
        }
    }

    @Override
    CredentialException missing(String id, String expected) {
        return Lookup.missing(id, expected, item, "");
    }
}
