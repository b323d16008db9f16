package io.jenkins.plugins.gateddeploy.target;

import java.io.Serializable;
import java.util.Objects;

/** What became of a command on one target. */
public sealed interface Outcome extends Serializable {

    /** {@return whether the command ran and exited with 0} */
    default boolean ok() {
        return this instanceof Exited exited && exited.code() == 0;
    }

    /** {@return what happened, in one sentence without the target's name} */
    String describe();

    /**
     * It ran to its end.
     *
     * @param code the exit code; 128 + n for a signal n
     * @param stdout decoded as UTF-8; empty when it was streamed
     * @param stderr decoded as UTF-8, at most its last 64 KiB
     */
    record Exited(int code, String stdout, String stderr) implements Outcome {
        public Exited {
            Objects.requireNonNull(stdout, "stdout");
            Objects.requireNonNull(stderr, "stderr");
        }

        @Override
        public String describe() {
            String said = stderr.strip();
            return code == 0 ? "done" : said.isEmpty() ? "exit code " + code : said + " (exit code " + code + ")";
        }
    }

    /**
     * It did not run, or nobody knows whether it did.
     *
     * @param reason never null
     * @param message what was expected and what was found, in one sentence
     * @param mend what to do, in one sentence; may be empty
     */
    record Unreached(Reason reason, String message, String mend) implements Outcome {
        public Unreached {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(mend, "mend");
        }

        @Override
        public String describe() {
            return mend.isEmpty() ? message : message + " " + mend;
        }
    }

    /** Why a command did not run to its end. */
    enum Reason {
        /** The host's name has no address. */
        UNRESOLVED,
        /** Nobody listens there, or no route. */
        REFUSED,
        /** No answer within the connect timeout. */
        CONNECT_TIMEOUT,
        /** The host key is unknown, changed or revoked. */
        HOST_KEY,
        /** The credential was not accepted, or could not be used. */
        AUTHENTICATION,
        /** The connection was there and broke; the command may have run. */
        LOST,
        /** The command did not end within its timeout; its channel was closed. */
        TIMEOUT
    }
}
