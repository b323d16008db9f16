package io.jenkins.plugins.gateddeploy.pin;

import java.util.List;

/**
 * The pins of this host. Safe for use by several threads and processes. Adding and lifting are written to the audit
 * trail in the same transaction. Every method may throw an unchecked exception with a message for people when the store
 * cannot be read or written.
 */
public interface Pins {

    /** {@return the pins that stand in an environment, newest first} */
    List<Pin> standing(String app, String environment);

    /** {@return every pin that there was in an environment, newest first} */
    List<Pin> all(String app, String environment);

    /** Adds a pin, unless one for the same commit stands there already. */
    void add(Pin pin);

    /**
     * Lifts a pin.
     *
     * @return whether it stood until now
     */
    boolean lift(String id, Pin.Lifted how);

    /**
     * Lifts all pins that stand in an environment, as one change.
     *
     * @return those that stood until now, as they stood, newest first
     */
    List<Pin> liftAll(String app, String environment, Pin.Lifted how);

    /**
     * Lifts some pins, as one change.
     *
     * @param ids of those that are meant; one that does not stand any more is passed over
     * @return those that stood until now, as they stood, in the order of the ids
     */
    List<Pin> liftAll(List<String> ids, Pin.Lifted how);

    /** {@return pins of a host that keeps none} */
    static Pins none() {
        return new Pins() {
            @Override
            public List<Pin> standing(String app, String environment) {
                return List.of();
            }

            @Override
            public List<Pin> all(String app, String environment) {
                return List.of();
            }

            @Override
            public void add(Pin pin) {
                // Nothing stays.
            }

            @Override
            public boolean lift(String id, Pin.Lifted how) {
                return false;
            }

            @Override
            public List<Pin> liftAll(String app, String environment, Pin.Lifted how) {
                return List.of();
            }

            @Override
            public List<Pin> liftAll(List<String> ids, Pin.Lifted how) {
                return List.of();
            }
        };
    }
}
