package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import org.springframework.security.core.Authentication;

/**
 * What somebody may see from a page, asked on any thread after their request was answered, and
 * found out anew each time.
 *
 * @param scope what the page is about
 * @param person who looks at it
 */
record ViewingLater(Scope scope, Authentication person) implements Viewer.Permissions {
    @Override
    public boolean may(Act act, String app, String environment) {
        try (ACLContext context = ACL.as2(person)) {
            assert context != null;
            return scope.isReadable() && scope.viewing().may(act, app, environment);
        }
    }

    @Override
    public boolean sees(String job) {
        try (ACLContext context = ACL.as2(person)) {
            assert context != null;
            return scope.isReadable() && scope.viewing().sees(job);
        }
    }

    @Override
    public boolean decides(String job, String app, String environment) {
        try (ACLContext context = ACL.as2(person)) {
            assert context != null;
            return scope.isReadable() && scope.viewing().decides(job, app, environment);
        }
    }
}
