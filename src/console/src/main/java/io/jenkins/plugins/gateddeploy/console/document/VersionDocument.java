package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;

/**
 * What a deployment makes current; a part that is not known (yet) is empty.
 *
 * @param release id of the release
 * @param commit full commit or content digest
 * @param ref what was asked for
 * @param tag of the commit
 * @param subject first line of the commit message
 * @param author of the commit
 */
public record VersionDocument(String release, String commit, String ref, String tag, String subject, String author) {
    static VersionDocument of(DeploymentRecord record) {
        return new VersionDocument(
                record.release(), record.commit(), record.ref(), record.tag(), record.subject(), record.author());
    }
}
