package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import io.jenkins.plugins.gateddeploy.history.DeploymentRecord;

/** The page of one deployment, with its log; also of one that no build asked for. */
public final class DeploymentPage implements ModelObject {
    private final Item item;
    private final DeploymentRecord record;

    DeploymentPage(Item item, DeploymentRecord record) {
        this.item = item;
        this.record = record;
    }

    /** {@return below whose page it is} */
    public Item getItem() {
        return item;
    }

    /** {@return the id in the history} */
    public String getId() {
        return record.id();
    }

    @Override
    public String getDisplayName() {
        return "#" + record.number();
    }
}
