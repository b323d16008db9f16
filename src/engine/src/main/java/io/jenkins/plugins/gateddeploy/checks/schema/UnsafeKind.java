package io.jenkins.plugins.gateddeploy.checks.schema;

/** Why a change is unsafe, each with the way of two deployments or more that is safe. */
enum UnsafeKind {
    REQUIRED_FIELD_ADDED("First deploy it as optional (or with a default) and fill it in everywhere;"
            + " then make it required in a second deployment."),
    MADE_REQUIRED("First fill it in where it is missing, with a deployment whose code always writes it;"
            + " then make it required in a second one."),
    NARROWED("First deploy code that writes only what is still allowed, and change the data that is there;"
            + " then narrow it in a second deployment."),
    TYPE_CHANGED("First allow both the old type and the new one (or add a second field) and change the data that is"
            + " there; then remove the old type in a second deployment."),
    RENAMED(
            "First add the new name beside the old one, write both, and copy the data that is there; then remove the old"
                    + " name in a second deployment."),
    CONSTRAINT_ADDED("First deploy code that keeps to it and mend the data that is there; then add it in a second"
            + " deployment."),
    APPLIED_MIGRATION_CHANGED("Restore the file as it was, and write what is to change in a new migration."),
    APPLIED_MIGRATION_MISSING("Restore the file; to take back what it did, write a new migration."),
    UNREADABLE(
            "Look at it by hand, and allow schema.unsafe for this deployment if it is safe; or write it so that it can"
                    + " be read."),
    UNCOMPARABLE("Look at it by hand, and allow schema.unsafe for this deployment if all data that is there fits it.");

    private final String mend;

    UnsafeKind(String mend) {
        this.mend = mend;
    }

    /** {@return the steps that make it safe} */
    String mend() {
        return mend;
    }
}
