package io.jenkins.plugins.gateddeploy.console.document;

import io.jenkins.plugins.gateddeploy.pin.Pin;
import java.time.Instant;

/**
 * A commit that was taken back and that nothing puts back by itself.
 *
 * @param id unique
 * @param commit full commit or content digest
 * @param release id of the release that was taken back
 * @param who user id of who went back; empty when it went back by itself
 * @param since when
 */
public record PinDocument(String id, String commit, String release, String who, Instant since) {

    /** {@return the document of a pin} */
    public static PinDocument of(Pin pin) {
        return new PinDocument(pin.id(), pin.commit(), pin.release(), pin.who(), pin.since());
    }
}
