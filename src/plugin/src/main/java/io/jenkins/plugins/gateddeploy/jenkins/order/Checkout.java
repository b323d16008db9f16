package io.jenkins.plugins.gateddeploy.jenkins.order;

import java.util.Optional;

/**
 * A git repository that a build has to do with.
 *
 * @param url as Jenkins was told it
 * @param credentials id of the credential that it is read with
 * @param commit the full commit that the build is of; empty when it has not been checked out
 */
record Checkout(String url, Optional<String> credentials, Optional<String> commit) {

    /** {@return what two know of one repository; this one is right where both know something} */
    Checkout and(Checkout other) {
        return new Checkout(url, credentials.or(other::credentials), commit.or(other::commit));
    }

    /** {@return the same for each way to write the address} */
    static String key(String url) {
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return plain.endsWith(".git") ? plain.substring(0, plain.length() - 4) : plain;
    }
}
