package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.io.Serializable;

/** Where a version's files are; a value that can cross to the process that has them. */
public interface ContentSource extends Serializable {

    /** {@return the files, opened} */
    Content open() throws IOException;
}
