package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The host's credentials, each asked for once however many checks want it: the host may have to ask somebody else, and
 * may write down each use. Safe for use by several threads.
 */
final class Store {
    private final Credentials credentials;
    private final Map<String, Found> known = new HashMap<>();

    Store(Credentials credentials) {
        this.credentials = credentials;
    }

    /** What there is under an id. */
    sealed interface Found {
        /** One that can be read. */
        record Held(Credential credential) implements Found {}

        /** None. */
        record Missing() implements Found {}

        /** One that cannot be read; the message says why. */
        record Unusable(String message) implements Found {}
    }

    /** {@return what there is, one of the wanted types when there is such a one} */
    synchronized Found look(String id, Set<Credential.Type> wanted) {
        // Not computeIfAbsent: the host may call back.
        String key = wanted + " " + id;
        Found found = known.get(key);
        if (found == null) {
            found = ask(id, wanted);
            known.put(key, found);
        }
        return found;
    }

    private Found ask(String id, Set<Credential.Type> wanted) {
        try {
            Optional<Credential> credential = credentials.find(id, wanted);
            return credential.<Found>map(Found.Held::new).orElseGet(Found.Missing::new);
        } catch (CredentialException e) {
            return new Found.Unusable(e.getMessage());
        }
    }
}
