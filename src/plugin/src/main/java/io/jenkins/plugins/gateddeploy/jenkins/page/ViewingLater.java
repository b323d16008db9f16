package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.gateddeploy.console.Act;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import org.springframework.security.core.Authentication;

/**
 * What somebody may see from the pages of a job or folder, asked on any thread after their request was answered, and
 * found out anew each time.
 *
 * @param item whose page it is
 * @param person who looks at it
 */
record ViewingLater(Item item, Authentication person) implements Viewer.Permissions {
    @Override
    public boolean may(Act act, String app, String environment) {
        try (ACLContext context = ACL.as2(person)) {
            assert context != null;
            return item.hasPermission(Item.READ) && new Viewing(item).may(act, app, environment);
        }
    }

    @Override
    public boolean sees(String job) {
        try (ACLContext context = ACL.as2(person)) {
            assert context != null;
            return item.hasPermission(Item.READ) && new Viewing(item).sees(job);
        }
    }
}
