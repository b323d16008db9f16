package io.jenkins.plugins.gateddeploy.target;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/** One question asked over the network from where the SSH connections start, not on the target. */
public sealed interface Probe extends Serializable {

    /** {@return how long one attempt may take} */
    Duration timeout();

    /**
     * A GET request; redirects are not followed.
     *
     * @param uri http or https
     * @param timeout for the whole exchange
     */
    record Http(URI uri, Duration timeout) implements Probe {}

    /**
     * Whether somebody accepts a TCP connection.
     *
     * @param host a name or address
     * @param port 1 to 65535
     * @param timeout for the connection
     */
    record Tcp(String host, int port, Duration timeout) implements Probe {}

    /** What a probe got. */
    sealed interface Answer extends Serializable {
        /**
         * It answered.
         *
         * @param status the HTTP status; 0 for TCP
         * @param body at most the first 64 KiB, decoded as UTF-8; empty for TCP
         */
        record Got(int status, String body) implements Answer {}

        /** It did not; the message says why in one sentence. */
        record Nothing(String message) implements Answer {}
    }
}
