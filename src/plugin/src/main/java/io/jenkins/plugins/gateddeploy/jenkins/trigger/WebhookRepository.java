package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.jenkins.host.SecretTexts;
import io.jenkins.plugins.gateddeploy.trigger.RepositoryName;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Repositories whose webhooks may start something here, and by which secret they prove who they are. */
public final class WebhookRepository extends AbstractDescribableImpl<WebhookRepository> {
    private final String repository;
    private final String credentials;

    /**
     * Repositories and their secret.
     *
     * @param repository an address, or a pattern such as {@code github.com/example/*}
     * @param credentials id of a secret text of Jenkins itself
     */
    @DataBoundConstructor
    public WebhookRepository(String repository, String credentials) {
        this.repository = Util.fixNull(repository).strip();
        this.credentials = Util.fixNull(credentials).strip();
    }

    /** {@return an address, or a pattern of them} */
    public String getRepository() {
        return Util.fixNull(repository);
    }

    /** {@return the id of the secret text} */
    public String getCredentials() {
        return Util.fixNull(credentials);
    }

    /** {@return whether an address is of one of these repositories} */
    boolean isOf(String address) {
        return !getRepository().isEmpty() && RepositoryName.matches(getRepository(), address);
    }

    /** {@return the secret; empty when Jenkins has none of that id} */
    Optional<Secret> secret() {
        return Optional.ofNullable(CredentialsMatchers.firstOrNull(
                        CredentialsProvider.lookupCredentialsInItemGroup(
                                StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of()),
                        CredentialsMatchers.withId(getCredentials())))
                .map(found -> Secret.of(found.getSecret().getPlainText()));
    }

    /** Describes the form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<WebhookRepository> {
        @Override
        public String getDisplayName() {
            return Messages.WebhookRepository_displayName();
        }

        /** Says what is no address. */
        @POST
        public FormValidation doCheckRepository(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixNull(value).isBlank()
                    ? FormValidation.error(Messages.WebhookRepository_noRepository())
                    : FormValidation.ok();
        }

        /** Lists the secret texts of Jenkins. */
        @POST
        public ListBoxModel doFillCredentialsItems(@QueryParameter String credentials) {
            return SecretTexts.listed(credentials);
        }
    }
}
