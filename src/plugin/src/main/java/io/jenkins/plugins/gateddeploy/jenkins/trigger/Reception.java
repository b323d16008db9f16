package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.trigger.Delivery;
import io.jenkins.plugins.gateddeploy.trigger.Push;
import io.jenkins.plugins.gateddeploy.trigger.Rate;
import io.jenkins.plugins.gateddeploy.trigger.Rejected;
import io.jenkins.plugins.gateddeploy.trigger.Seen;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Takes deliveries of webhooks, each once, of those who prove who they are. */
@Extension
public final class Reception {
    /** Within a minute, from one address. A proxy's counts for all behind it. */
    private static final int MOST_A_MINUTE = 300;

    private static final int MOST_AT_ONCE = 8;
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int MOST_REMEMBERED = 20_000;

    private final Rate rate = new Rate(Clock.systemUTC(), MOST_A_MINUTE, Duration.ofMinutes(1));
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private Seen seen;

    /** {@return the one of this Jenkins} */
    static Reception get() {
        return ExtensionList.lookupSingleton(Reception.class);
    }

    /** Whoever comes too often, or when too many are here, is sent away before anything is read. */
    void enter(String address) throws Rejected {
        if (rate.isExceeded(address) || !places.tryAcquire()) {
            throw new Rejected(429, "Too many deliveries. Send it again in a minute.");
        }
    }

    /** To be called once for each that could enter. */
    void leave() {
        places.release();
    }

    /**
     * {@return how many jobs and multibranch projects it has started}
     *
     * @throws Rejected when it is not proven, was here before, or is none that can be read
     */
    int take(Delivery delivery) throws Rejected {
        List<WebhookRepository> proven = WebhookConfiguration.get().getRepositories().stream()
                .filter(known -> known.secret().filter(delivery::isProvenBy).isPresent())
                .toList();
        if (proven.isEmpty()) {
            throw new Rejected(401, "The header " + delivery.forge().proof() + " proves nothing that is known here.");
        }
        Optional<Push> push = delivery.push();
        if (push.isEmpty()) {
            return 0;
        }
        // Who knows the secret of one repository speaks for that one alone, whatever else the body names.
        List<String> addresses = push.get().repositories().stream()
                .filter(address -> proven.stream().anyMatch(known -> known.isOf(address)))
                .toList();
        if (addresses.isEmpty()) {
            throw new Rejected(403, "The secret is known here, but for other repositories.");
        }
        if (!seen().isNew(delivery.marks())) {
            throw new Rejected(409, "This delivery was here before, and is not taken twice.");
        }
        Starting.Outcome outcome;
        try {
            outcome = Starting.by(delivery.forge(), push.get().of(addresses));
        } catch (RuntimeException e) {
            seen().forget(delivery.marks());
            throw e;
        }
        if (outcome.started() == 0) {
            // Somebody may configure the job now, or mend what ails it, and let the forge send it again.
            seen().forget(delivery.marks());
        }
        if (outcome.started() == 0 && outcome.failed() > 0) {
            throw new Rejected(
                    500,
                    "What this push is for could not be started. The log of Jenkins says why; send it again then.");
        }
        return outcome.started();
    }

    private synchronized Seen seen() {
        if (seen == null) {
            seen = new Seen(JenkinsHost.get().deliveries(), Clock.systemUTC(), REMEMBERED, MOST_REMEMBERED);
        }
        return seen;
    }
}
