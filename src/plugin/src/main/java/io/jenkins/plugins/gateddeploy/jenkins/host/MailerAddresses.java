package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.User;
import hudson.tasks.Mailer;
import java.util.List;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** The address that the Mailer plugin keeps, where it is installed. */
@OptionalExtension(requirePlugins = "mailer")
public final class MailerAddresses implements Addresses {
    @Override
    public List<String> of(User user) {
        Mailer.UserProperty property = user.getProperty(Mailer.UserProperty.class);
        // Not one that the plugin guesses: that may ask servers, and may be anybody's.
        String address = property == null ? null : property.getExplicitlyConfiguredAddress();
        return address == null ? List.of() : List.of(address);
    }
}
