package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.Extension;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.model.userproperty.UserPropertyCategory;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** The addresses under which a user commits, as the user's own configuration has them. */
public final class CommitAddresses extends UserProperty {
    private final String addresses;

    /** @param addresses with spaces, commas or line ends between them; null for none */
    @DataBoundConstructor
    public CommitAddresses(String addresses) {
        this.addresses = addresses == null ? "" : addresses.strip();
    }

    /** {@return the addresses as they were typed} */
    public String getAddresses() {
        return addresses == null ? "" : addresses;
    }

    private List<String> list() {
        return Stream.of(getAddresses().split("[\\s,;]+", -1))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    /** Describes it. */
    @Extension
    @Symbol("commitAddresses")
    public static final class DescriptorImpl extends UserPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CommitAddresses_DisplayName();
        }

        @Override
        public UserProperty newInstance(User user) {
            return new CommitAddresses("");
        }

        @Override
        public UserPropertyCategory getUserPropertyCategory() {
            return UserPropertyCategory.get(UserPropertyCategory.Account.class);
        }
    }

    /** Lets them be found. */
    @Extension
    public static final class Known implements Addresses {
        @Override
        public List<String> of(User user) {
            CommitAddresses property = user.getProperty(CommitAddresses.class);
            return property == null ? List.of() : property.list();
        }
    }
}
