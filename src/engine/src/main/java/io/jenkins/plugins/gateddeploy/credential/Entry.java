package io.jenkins.plugins.gateddeploy.credential;

import java.nio.file.Path;
import java.time.Instant;

/** One table of a credentials file. */
sealed interface Entry {

    /** {@return the table's name} */
    String id();

    /** {@return when it ends; null when the table does not say} */
    Instant expires();

    /**
     * A private key.
     *
     * @param user null when not given
     * @param file absolute
     * @param passphrase null when not given
     */
    record Key(String id, String user, Path file, Secret passphrase, Instant expires) implements Entry {}

    /**
     * User and password.
     *
     * @param user null when not given
     */
    record Password(String id, String user, Secret password, Instant expires) implements Entry {}

    /** A secret text. */
    record Text(String id, Secret secret, Instant expires) implements Entry {}
}
