package io.jenkins.plugins.gateddeploy.problem;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * Problems that were found, and that somebody let pass.
 *
 * @param ids in their order, each once; empty when nothing was forced
 * @param reason why, in the words of whoever did; may be empty
 */
public record Forced(List<String> ids, String reason) implements Serializable {
    public Forced {
        Objects.requireNonNull(reason, "reason");
        ids = List.copyOf(ids);
    }

    /** {@return that nothing was forced} */
    public static Forced nothing() {
        return new Forced(List.of(), "");
    }

    /** {@return whether nothing was forced} */
    public boolean isNothing() {
        return ids.isEmpty();
    }

    /** {@return what was forced and why, for people: {@code schema.data-loss: "the table is empty"}} */
    public String words() {
        return String.join(", ", ids) + (reason.isEmpty() ? "" : ": \"" + reason + "\"");
    }
}
