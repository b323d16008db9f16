package io.jenkins.plugins.gateddeploy.jenkins.host;

import hudson.model.Item;
import hudson.model.ItemGroup;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** What is said when a credential is not found. */
final class Lookup {
    private Lookup() {}

    /**
     * {@return the id}
     *
     * @throws CredentialException when there is none
     */
    static String named(String id) throws CredentialException {
        if (id == null || id.isBlank()) {
            throw new CredentialException("The environment names no SSH credential. Add credentials = \"ID\" to it in"
                    + " deploy.toml, with the id of a credential of Jenkins.");
        }
        return id;
    }

    /**
     * {@return what says so}
     *
     * @param expected which kinds would do
     * @param item in whose name it was looked for; null when that is gone, and so only Jenkins was looked at
     * @param further places that were searched before the item's, with a comma and a space at the end
     */
    static CredentialException missing(String id, String expected, Item item, String further) {
        List<String> places = new ArrayList<>();
        for (ItemGroup<?> group = item == null ? Jenkins.get() : item.getParent();
                group instanceof Item;
                group = ((Item) group).getParent()) {
            places.add("the folder " + group.getFullName());
        }
        places.add("Jenkins");
        return new CredentialException("There is no credential \"" + id + "\". For "
                + (item == null ? "a job that is gone" : item.getFullName()) + " it was looked for in " + further
                + String.join(", ", places) + ". Add " + expected
                + " with this id to one of them. Credentials of the scope System are not for jobs.");
    }
}
