package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.common.CertificateCredentials;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;

/**
 * The certificates in a credential.
 *
 * @param credential of whatever type
 */
record Certificates(Credentials credential) {

    /**
     * {@return when the first of them ends that belongs to a key; null when there is none}
     *
     * @throws CredentialException when they cannot be read
     */
    Instant end() throws CredentialException {
        if (!(credential instanceof CertificateCredentials certificates)) {
            return null;
        }
        KeyStore store = certificates.getKeyStore();
        Instant end = null;
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    Instant own = certificate.getNotAfter().toInstant();
                    end = end == null || own.isBefore(end) ? own : end;
                }
            }
        } catch (KeyStoreException e) {
            throw new CredentialException("The certificate cannot be read: its key store is not open.", e);
        }
        return end;
    }
}
