package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.model.Run;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import java.util.List;

/**
 * Credentials as a build may use them: of its job, the folders above it and Jenkins itself. When the build has a
 * credentials parameter of that name, it is the one that was chosen there, also from the own ones of the person who
 * started the build.
 */
public final class BuildCredentials extends StoredCredentials {
    private final Run<?, ?> build;

    /** @param build in whose name they are looked up, and in which their use is recorded */
    public BuildCredentials(Run<?, ?> build) {
        this.build = build;
    }

    @Override
    <C extends StandardCredentials> C of(Class<C> type, String id) {
        return CredentialsProvider.findCredentialById(id, type, build, List.of());
    }

    @Override
    void track(StandardCredentials used) {
        CredentialsProvider.track(build, used);
    }

    @Override
    CredentialException missing(String id, String expected) {
        return Lookup.missing(id, expected, build.getParent(), "the parameters of the build, ");
    }
}
