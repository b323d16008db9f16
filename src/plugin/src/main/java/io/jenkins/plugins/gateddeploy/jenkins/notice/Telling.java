package io.jenkins.plugins.gateddeploy.jenkins.notice;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ProxyConfiguration;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.notice.Channel;
import io.jenkins.plugins.gateddeploy.notice.JsonTemplate;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import io.jenkins.plugins.gateddeploy.notice.Webhook;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The teller of this controller, with the channels that are configured. */
@Extension
public final class Telling {
    /** What is attained when nobody is told any more, so that the history may be closed. */
    public static final String ENDED = "gated-deploy.telling-ended";

    private static final Logger LOGGER = Logger.getLogger(Telling.class.getName());

    /** Service managers kill what does not end in a minute or two. */
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    /** Everything that changes a gate of this controller says so. Longer than it takes the history's file to close. */
    private static final Duration LOOK = Duration.ofMinutes(15);

    private volatile Teller teller;
    private boolean begun;

    /** {@return the one of this controller} */
    public static Telling get() {
        return ExtensionList.lookupSingleton(Telling.class);
    }

    /** Begins when there are jobs to link to. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void afterStart() {
        get().begin();
    }

    /** Ends with Jenkins, a little later at most: who is being told just now is told. */
    @Terminator(attains = ENDED)
    public static void beforeEnd() throws InterruptedException {
        Telling telling =
                ExtensionList.lookup(Telling.class).stream().findFirst().orElse(null);
        Teller last = telling == null ? null : telling.end();
        if (last != null) {
            last.stop();
            last.await(TIME_TO_END);
        }
    }

    private synchronized void begin() {
        begun = true;
        JenkinsHost.get().onGateChange(this::wake);
        changed();
    }

    private synchronized Teller end() {
        begun = false;
        Teller last = teller;
        teller = null;
        return last;
    }

    /** Tells from now on as is configured now. */
    synchronized void changed() {
        if (!begun) {
            return;
        }
        if (teller != null) {
            teller.stop();
        }
        teller = new Teller(
                JenkinsHost.get().history().outbox(),
                channels(NoticeConfiguration.get()),
                new Pages(),
                Clock.systemUTC(),
                LOGGER::warning);
        teller.start(new Teller.Pace(Instant.now(), LOOK));
    }

    /** Whoever opened or changed a gate goes on at once. */
    private void wake() {
        Teller now = teller;
        if (now != null) {
            now.wake();
        }
    }

    private static List<Channel> channels(NoticeConfiguration configuration) {
        List<Channel> channels = new ArrayList<>();
        if (configuration.isMail()) {
            ExtensionList.lookup(MailChannel.class).stream()
                    .findFirst()
                    .ifPresentOrElse(
                            mail -> channels.add(mail.channel()),
                            () -> LOGGER.warning(
                                    "Nobody is told by mail: the Mailer plugin, which sends it, is not installed."));
        }
        if (!configuration.getWebhook().isEmpty()) {
            try {
                channels.add(new Webhook(
                        new WebhookCredentials(configuration.getWebhook(), configuration.getWebhookKey()),
                        template(configuration.getWebhookTemplate()),
                        ProxyConfiguration.newHttpClientBuilder()));
            } catch (ProblemException e) {
                LOGGER.log(Level.WARNING, "Nobody is told by a webhook: {0}", e.getMessage());
            }
        }
        return channels;
    }

    /**
     * {@return the template that is configured}
     *
     * @param text empty for the usual one
     */
    static JsonTemplate template(String text) throws ProblemException {
        return JsonTemplate.of(
                "of the webhook in the configuration of Jenkins", text.isBlank() ? JsonTemplate.USUAL : text);
    }
}
