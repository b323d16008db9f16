package io.jenkins.plugins.gateddeploy.target;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/**
 * A long standard input that is made while it is sent, once for all targets that get the same. It is a value that can
 * cross to another process, where the files it names are.
 */
public interface Payload extends Serializable {

    /**
     * Writes everything; does not close the stream.
     *
     * @throws IOException when the content cannot be read, or nobody takes it any more
     */
    void writeTo(OutputStream out) throws IOException;

    /** {@return what a dry run prints in its place} */
    String describe();
}
