package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.Permission;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.jenkins.order.ByHand;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Permissions;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Registrations;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import io.jenkins.plugins.gateddeploy.registration.Act;
import io.jenkins.plugins.gateddeploy.registration.Place;
import io.jenkins.plugins.gateddeploy.release.Deployer;
import io.jenkins.plugins.gateddeploy.release.Unlocked;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.security.core.Authentication;

/** How it went to release the lock on the servers of an environment. */
public final class LockRelease implements ModelObject {
    static final Permission PERMISSION = Permissions.MANAGE_LANES;

    private static final Logger LOGGER = Logger.getLogger(LockRelease.class.getName());
    /** Tasks of the dead deployment that still run are waited for, which takes as long as they do: not in a request. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Item item;
    private final TargetsPage.Spot spot;
    private final Unlocked unlocked;

    private LockRelease(Item item, TargetsPage.Spot spot, Unlocked unlocked) {
        this.item = item;
        this.spot = spot;
        this.unlocked = unlocked;
    }

    /**
     * Begins, and waits a while for the end. Who did it and how that went is in the log of Jenkins.
     *
     * @param force whether the person vouches for the holder being gone
     * @throws ProblemException when the registrations do not let the person do that
     */
    static LockRelease begin(Item item, TargetsPage.Spot spot, Authentication person, boolean force)
            throws ProblemException, InterruptedException {
        Registrations.check(spot.getJob(), person, Act.RELEASE_LOCK, new Place(spot.getApp(), spot.getEnvironment()));
        Configuration configuration = ItemConsole.configuration(spot.last(), spot.getPlace());
        Deployer deployer = new Deployer(ByHand.ports(spot.getJob(), person));
        CompletableFuture<Unlocked> end = CompletableFuture.supplyAsync(
                () -> run(deployer, configuration, force), JenkinsHost.get().workers());
        String who = person.getName() + (force ? " forces the release of" : " releases") + " the lock of "
                + spot.getApp() + " in " + spot.getEnvironment() + " from " + item.getFullName();
        LOGGER.info(who);
        end.whenComplete((unlocked, failure) -> LOGGER.log(
                failure == null ? Level.INFO : Level.WARNING,
                failure,
                () -> who + ": " + (failure == null ? unlocked.message() : "it failed")));
        return new LockRelease(item, spot, await(end));
    }

    private static Unlocked run(Deployer deployer, Configuration configuration, boolean force) {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            assert system != null;
            return deployer.unlock(configuration, force);
        } catch (ProblemException e) {
            return new Unlocked(false, e.getMessage(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unlocked(false, "Jenkins ends.", false);
        }
    }

    private static Unlocked await(CompletableFuture<Unlocked> end) throws InterruptedException {
        try {
            return end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOGGER.log(Level.FINE, "It goes on without the request", e);
            return new Unlocked(false, Messages.LockRelease_goesOn(), false);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** {@return below whose page it is} */
    public Item getItem() {
        return item;
    }

    /** {@return which environment} */
    public TargetsPage.Spot getSpot() {
        return spot;
    }

    @Override
    public String getDisplayName() {
        return Messages.LockRelease_displayName(spot.getApp(), spot.getEnvironment());
    }

    /** {@return how it went} */
    public String getMessage() {
        return unlocked.message();
    }

    /** {@return whether it was refused because the holder may be alive, so that a person would have to vouch for that} */
    public boolean isHeld() {
        return unlocked.held();
    }
}
