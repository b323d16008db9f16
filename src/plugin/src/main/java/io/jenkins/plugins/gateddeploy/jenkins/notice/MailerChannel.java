package io.jenkins.plugins.gateddeploy.jenkins.notice;

import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.gateddeploy.jenkins.host.Jobs;
import io.jenkins.plugins.gateddeploy.jenkins.host.MailerAddresses;
import io.jenkins.plugins.gateddeploy.jenkins.registration.Readers;
import io.jenkins.plugins.gateddeploy.notice.Channel;
import io.jenkins.plugins.gateddeploy.notice.Mail;
import io.jenkins.plugins.gateddeploy.notice.MailAccount;
import io.jenkins.plugins.gateddeploy.notice.Notice;
import jakarta.mail.Session;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Mail by the server and to the addresses that the Mailer plugin knows. */
@OptionalExtension(requirePlugins = "mailer")
public final class MailerChannel implements MailChannel {
    private static final Logger LOGGER = Logger.getLogger(MailerChannel.class.getName());

    @Override
    public Channel channel() {
        return new Mail(new Account(), LOGGER::warning);
    }

    private static final class Account implements MailAccount {
        @Override
        public Session session() {
            return Mailer.descriptor().createSession();
        }

        @Override
        public String from() {
            return JenkinsLocationConfiguration.get().getAdminAddress();
        }

        /** {@inheritDoc} The members of a group cannot be asked for; that is what the registration's addresses are for. */
        @Override
        public List<String> recipients(Notice notice) {
            Notice.About about = notice.about();
            Set<String> readers =
                    new LinkedHashSet<>(Readers.of(Jobs.find(about.job()), about.app(), about.environment()));
            MailerAddresses addresses = new MailerAddresses();
            about.people().stream().sorted().forEach(id -> {
                User user = User.getById(id, false);
                if (user != null) {
                    readers.addAll(addresses.of(user));
                }
            });
            return List.copyOf(readers);
        }
    }
}
