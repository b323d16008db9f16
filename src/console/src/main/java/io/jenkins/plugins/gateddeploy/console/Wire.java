package io.jenkins.plugins.gateddeploy.console;

import java.io.IOException;

/**
 * A connection to one viewer that stays open, as a host's web server gives it: an answer of status 200 and content type
 * {@value #CONTENT_TYPE} whose end is not written. No thread of the web server may wait for it.
 */
public interface Wire {
    /** Of the answer. */
    String CONTENT_TYPE = "text/event-stream; charset=utf-8";

    /**
     * Writes and flushes. May block for as long as the network does; never called by two threads at once.
     *
     * @throws IOException when the viewer is gone
     */
    void write(byte[] bytes) throws IOException;

    /** {@return whether whoever opened it still is who they were: their session has not ended} */
    boolean isValid();

    /** Ends the connection, also under a {@link #write} that blocks; may be called more than once. */
    void close();
}
