package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
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

/**
 * Credentials as a build may use them: of its job, the folders above it and Jenkins itself. When the build has a
 * credentials parameter of that name, it is the one that was chosen there, also from the own ones of the person who
 * started the build.
 */
public final class BuildCredentials implements Credentials {
    private final Run<?, ?> build;

    /** @param build in whose name they are looked up, and in which their use is recorded */
    public BuildCredentials(Run<?, ?> build) {
        this.build = build;
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
            throw Lookup.missing(id, expected, build.getParent(), "the parameters of the build, ");
        }
        return new FoundCredential(id, found);
    }

    /** {@return one of the types, else one of another kind, so that a message can say what it is; null for none} */
    private StandardCredentials found(String id, List<Class<? extends StandardCredentials>> types) {
        StandardCredentials found = types.stream()
                .<StandardCredentials>map(type -> of(type, id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> of(StandardCredentials.class, id));
        if (found != null) {
            CredentialsProvider.track(build, found);
        }
        return found;
    }

    private <C extends StandardCredentials> C of(Class<C> type, String id) {
        return CredentialsProvider.findCredentialById(id, type, build, List.of());
    }
}
