package io.jenkins.plugins.gateddeploy.jenkins.registration;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.gateddeploy.registration.Act;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/** What Jenkins' permissions say about deployments. All are asked of a job or build; administrators have them all. */
public final class Permissions {
    private static final Logger LOGGER = Logger.getLogger(Permissions.class.getName());

    /** Their group, {@code Gated Deploy}. */
    public static final PermissionGroup GROUP =
            new PermissionGroup("GatedDeploy", Permissions.class, Messages._Permissions_Group());

    /** Start a deployment from the job. */
    public static final Permission DEPLOY = permission("Deploy", Messages._Permissions_Deploy(), PermissionScope.ITEM);

    /** Decide at the gate of a deployment. */
    public static final Permission APPROVE =
            permission("Approve", Messages._Permissions_Approve(), PermissionScope.RUN);

    /** Make a release current again from the job. */
    public static final Permission ROLL_BACK =
            permission("RollBack", Messages._Permissions_RollBack(), PermissionScope.ITEM);

    /**
     * Reorder, pause and resume the lane of an environment, take out of it what others wait with, and release the lock that
     * a deployment which died has left on its servers.
     */
    public static final Permission MANAGE_LANES =
            permission("ManageLanes", Messages._Permissions_ManageLanes(), PermissionScope.ITEM);

    private Permissions() {}

    /** {@return what a person needs on a job} */
    static Permission of(Act act) {
        return switch (act) {
            case DEPLOY -> DEPLOY;
            case ROLL_BACK -> ROLL_BACK;
            case RELEASE_LOCK, MANAGE_LANE -> MANAGE_LANES;
        };
    }

    /** So that they are there before the first page or configuration that names them. */
    @Initializer(after = InitMilestone.PLUGINS_PREPARED, before = InitMilestone.PLUGINS_STARTED)
    public static void load() {
        LOGGER.log(Level.FINE, "Permissions of {0}", GROUP.getPermissions());
    }

    private static Permission permission(String name, Localizable text, PermissionScope scope) {
        PermissionScope[] scopes = scope == PermissionScope.RUN
                ? new PermissionScope[] {PermissionScope.ITEM, PermissionScope.RUN}
                : new PermissionScope[] {PermissionScope.ITEM};
        return new Permission(GROUP, name, text, Jenkins.ADMINISTER, true, scopes);
    }
}
