package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import java.util.List;
import java.util.Objects;

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

    private FoundCredential find(String id, List<Class<? extends StandardCredentials>> types, String expected)
            throws CredentialException {
        StandardCredentials found = types.stream()
                .<StandardCredentials>map(type -> of(type, id))
                .filter(Objects::nonNull)
                .findFirst()
                // One of another kind: the message can say what it is.
                .orElseGet(() -> of(StandardCredentials.class, id));
        if (found == null) {
            throw Lookup.missing(id, expected, build.getParent(), "the parameters of the build, ");
        }
        CredentialsProvider.track(build, found);
        return new FoundCredential(id, found);
    }

    private <C extends StandardCredentials> C of(Class<C> type, String id) {
        return CredentialsProvider.findCredentialById(id, type, build, List.of());
    }
}
