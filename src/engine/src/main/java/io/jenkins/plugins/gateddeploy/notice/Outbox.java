package io.jenkins.plugins.gateddeploy.notice;

import io.jenkins.plugins.gateddeploy.gate.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What was told, and what is still to be told, by channel. Safe for use by several threads and processes. Every method
 * throws an unchecked exception with a message for people when the store cannot be read or written.
 */
public interface Outbox {

    /** How far the telling of one notice on one channel has come. */
    enum State {
        /** Being tried now, or again later. */
        TRYING,
        /** Done. */
        DELIVERED,
        /** Tried, and not to be tried again. */
        GIVEN_UP,
        /** What came later says more: nobody has to be asked at a gate that has closed. */
        OVERTAKEN
    }

    /**
     * How far it has come.
     *
     * @param state where it stands
     * @param attempts how often it was tried
     * @param next when it may be tried again; of no meaning unless it is being tried
     * @param error what the last attempt met; may be empty
     */
    record Entry(State state, int attempts, Instant next, String error) {
        public Entry {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(next, "next");
            Objects.requireNonNull(error, "error");
        }
    }

    /**
     * Says which channels there are from now on. One that was not there before begins now: what happened earlier is not
     * told on it, so that nobody gets a flood of old news when it is set up.
     *
     * @return since when each of them tells
     */
    Map<String, Instant> channels(Set<String> names, Instant now);

    /** {@return the gates that were open at a time or at some moment after it, by their closing or their deadline} */
    List<Gate> gates(Instant after);

    /** {@return the deployments that went back by themselves after a time} */
    default List<WentBack> wentBack(Instant after) {
        return List.of();
    }

    /** {@return what is known of a channel's notices that happened after a time, by their keys} */
    Map<String, Entry> entries(String channel, Instant after);

    /**
     * Takes a notice to tell it now, if nobody else has meanwhile: the compare-and-set by which several processes agree
     * on who tells it.
     *
     * @param attempts how often it had been tried, as the caller knows; 0 when there is no entry
     * @param until when others may try it should the caller vanish
     * @return whether the caller has it
     */
    boolean claim(Notice notice, String channel, int attempts, Instant until);

    /** Notes that a notice is settled on a channel. */
    void settle(String key, String channel, State state, String error);

    /** Notes that a notice is to be tried again. */
    void retry(String key, String channel, Instant next, String error);

    /**
     * Gives up all notices of a channel that happened before a time and are still being tried, and drops what is so old
     * that it can never be asked about again.
     *
     * @return their keys with the last error
     */
    Map<String, String> giveUp(String channel, Instant before);
}
