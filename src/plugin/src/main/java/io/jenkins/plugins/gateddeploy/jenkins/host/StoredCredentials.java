package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
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

/** Credentials that Jenkins keeps. Who may use which is for the classes below to say. */
abstract class StoredCredentials implements Credentials {

    @Override
    public final SshCredential ssh(String id) throws CredentialException {
        return find(Lookup.named(id), FoundCredential.LOGINS, FoundCredential.LOGIN)
                .ssh();
    }

    @Override
    public final GitCredential git(String id) throws CredentialException {
        return find(id, FoundCredential.LOGINS, FoundCredential.LOGIN).git();
    }

    @Override
    public final Secret secret(String id) throws CredentialException {
        return find(id, FoundCredential.TEXTS, FoundCredential.TEXT).secret();
    }

    @Override
    public final Optional<Credential> find(String id, Set<Credential.Type> wanted) throws CredentialException {
        Optional<StandardCredentials> found = found(id, FoundCredential.classes(wanted));
        return found.isEmpty() ? Optional.empty() : Optional.of(new FoundCredential(id, found.get()).whatever());
    }

    private FoundCredential find(String id, List<Class<? extends StandardCredentials>> types, String expected)
            throws CredentialException {
        return new FoundCredential(id, found(id, types).orElseThrow(() -> missing(id, expected)));
    }

    /** {@return one of the types, else one of another kind, so that a message can say what it is} */
    private Optional<StandardCredentials> found(String id, List<Class<? extends StandardCredentials>> types) {
        Stream<Class<? extends StandardCredentials>> all =
                Stream.concat(types.stream(), Stream.of(StandardCredentials.class));
        Optional<StandardCredentials> found = all.<StandardCredentials>map(type -> of(type, id))
                .filter(Objects::nonNull)
                .findFirst();
        found.ifPresent(this::track);
        return found;
    }

    /** {@return the one of that type and id that may be used; null for none} */
    abstract <C extends StandardCredentials> C of(Class<C> type, String id);

    /** Records the use of one. */
    abstract void track(StandardCredentials used);

    /** {@return what says that there is none, and where it was looked for} */
    abstract CredentialException missing(String id, String expected);
}
