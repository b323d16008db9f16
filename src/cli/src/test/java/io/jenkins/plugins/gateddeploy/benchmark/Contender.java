package io.jenkins.plugins.gateddeploy.benchmark;

/** One way of deploying the application to the same servers. */
interface Contender extends AutoCloseable {
    /** {@return as the table calls it} */
    String name();

    /** {@return its directory's name on the servers} */
    String directory();

    /** {@return whether it takes so long that a round less must do} */
    default boolean slow() {
        return false;
    }

    /** {@return how often it runs before anything is measured} */
    default int warmUps() {
        return 1;
    }

    /** Makes a release of the commit and makes it current. */
    void deploy(String commit) throws Exception;

    /** Makes the release current that was so before. */
    void rollback() throws Exception;

    @Override
    default void close() {
        // Most keep nothing open.
    }
}
