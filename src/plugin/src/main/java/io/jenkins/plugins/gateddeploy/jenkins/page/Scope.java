package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * What a page is about: the deployments of a job or folder, or all that there are.
 *
 * @param item the job or folder; empty for all of Jenkins
 */
record Scope(Optional<Item> item) {
    static Scope of(Item item) {
        return new Scope(Optional.of(item));
    }

    static Scope everything() {
        return new Scope(Optional.empty());
    }

    /** Asks for the permission without which there is no page at all. */
    void check() {
        if (item.isPresent()) {
            item.get().checkPermission(Item.READ);
        } else {
            Jenkins.get().checkPermission(Jenkins.READ);
        }
    }

    /** {@return whether whoever calls may see the page at all} */
    boolean isReadable() {
        return item.map(i -> i.hasPermission(Item.READ))
                .orElseGet(() -> Jenkins.get().hasPermission(Jenkins.READ));
    }

    /** {@return the full name of the job or folder; empty for all of Jenkins, as no job is called} */
    String name() {
        return item.map(Item::getFullName).orElse("");
    }

    /** {@return the address of the page, relative to Jenkins' own; ends with a slash} */
    String address() {
        return item.map(i -> i.getUrl() + JobPage.URL + "/").orElse(RootPage.URL + "/");
    }

    /** {@return the addresses of the pages of deployments, with {@code {id}} for the id; relative to Jenkins' own} */
    String deploymentHref() {
        return address() + (item.isPresent() ? "{id}" : "deployments/{id}");
    }

    /** {@return what whoever calls may see and do there} */
    Viewer.Permissions viewing() {
        return item.<Viewer.Permissions>map(Viewing::new).orElseGet(ViewingAll::new);
    }

    /** {@return whose side panel the page has} */
    ModelObject owner() {
        return item.<ModelObject>map(i -> i).orElseGet(Jenkins::get);
    }
}
