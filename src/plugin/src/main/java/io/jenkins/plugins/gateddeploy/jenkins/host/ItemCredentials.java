package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.ACL;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Credentials for what a person does with a job outside any build: the same ones that its builds may use. Whoever may
 * deploy from the job does so with the job's credentials, as if they had started a build; their own ones are used when
 * the job has none of that id and they may use them there.
 */
public final class ItemCredentials implements Credentials {
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
    public SshCredential ssh(String id) throws CredentialException {
        return find(Lookup.named(id), FoundCredential.LOGINS, FoundCredential.LOGIN)
                .ssh();
    }

    @Override
    public GitCredential git(String id) throws CredentialException {
        return find(id, FoundCredential.LOGINS, FoundCredential.LOGIN).git();
    }

    @Override
    public Secret secret(String id) throws CredentialException {
        return find(id, FoundCredential.TEXTS, FoundCredential.TEXT).secret();
    }

    @Override
    public Optional<Credential> find(String id, Set<Credential.Type> wanted) throws CredentialException {
        StandardCredentials found = found(id, FoundCredential.classes(wanted));
        return found == null ? Optional.empty() : Optional.of(new FoundCredential(id, found).whatever());
    }

    private FoundCredential find(String id, List<Class<? extends StandardCredentials>> types, String expected)
            throws CredentialException {
        StandardCredentials found = found(id, types);
        if (found == null) {
            throw Lookup.missing(id, expected, item, "");
        }
        return new FoundCredential(id, found);
    }

    /** {@return one of the types, else one of another kind, so that a message can say what it is; null for none} */
    private StandardCredentials found(String id, List<Class<? extends StandardCredentials>> types) {
        Stream<Class<? extends StandardCredentials>> all =
                Stream.concat(types.stream(), Stream.of(StandardCredentials.class));
        StandardCredentials found = all.<StandardCredentials>map(type -> of(type, id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (found != null && item != null) {
            CredentialsProvider.track(item, found);
        }
        return found;
    }

    private <C extends StandardCredentials> C of(Class<C> type, String id) {
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
}
