package io.jenkins.plugins.gateddeploy.checks.schema;

/** How data is lost, each with what keeps it. */
enum LossKind {
    MODEL_DELETED("Keep the model until nobody needs its data."),
    FIELD_DELETED("Make the field optional first and remove it when nobody needs its data."),
    STORAGE_KEY("Write the storage key that is current."),
    ROWS_DELETED("Name the rows that are to go in a WHERE, or leave them.");

    private final String mend;

    LossKind(String mend) {
        this.mend = mend;
    }

    /** {@return what keeps the data} */
    String mend() {
        return mend;
    }
}
