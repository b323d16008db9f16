package io.jenkins.plugins.gateddeploy.jenkins.host;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The secret texts of Jenkins itself, to choose from in its configuration. */
public final class SecretTexts {
    private SecretTexts() {}

    /**
     * {@return none and all, for those who may configure Jenkins; nothing but what is chosen, for others}
     *
     * @param chosen id of what is chosen now, which stays in the list though there be none of that id
     */
    public static ListBoxModel listed(String chosen) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return list.includeCurrentValue(chosen);
        }
        return list.includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2, Jenkins.get(), StringCredentials.class, List.of(), CredentialsMatchers.always())
                .includeCurrentValue(chosen);
    }
}
