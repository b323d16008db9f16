package io.jenkins.plugins.gateddeploy.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The audit trail of the gates. Entries are only ever added, each with the hash of the one before, in the same
 * transaction as what they tell of; the newest one's hash is written on the targets of each deployment, so that nobody
 * who can change this history can change what it says unnoticed. Every method throws an unchecked exception with a
 * message for people when the store cannot be read or written.
 */
public interface Audit {
    /** How many entries a page looks back, however long the trail has become. */
    int RECENT = 1000;

    /**
     * The newest entry, which stands for all before it.
     *
     * @param number 0 when there is none yet
     * @param hash 64 hex digits
     */
    record Head(long number, String hash) {
        /** Before the first entry. */
        public static final Head NONE = new Head(0, "0".repeat(64));

        public Head {
            Objects.requireNonNull(hash, "hash");
        }

        /** {@return as it is written on targets: {@code 12:6b86b2…}} */
        public String text() {
            return number + ":" + hash;
        }

        /** {@return what {@link #text} has written; empty when it is something else} */
        public static Optional<Head> parse(String text) {
            return text.matches("\\d{1,18}:[0-9a-f]{64}")
                    ? Optional.of(new Head(
                            Long.parseLong(text.substring(0, text.indexOf(':'))),
                            text.substring(text.indexOf(':') + 1)))
                    : Optional.empty();
        }
    }

    /** {@return the newest entry} */
    Head head();

    /** Adds an entry. Gates add theirs by themselves. */
    void add(AuditEntry.Note note);

    /** {@return all entries, oldest first} */
    List<AuditEntry> entries();

    /** {@return those of the newest {@value #RECENT} entries that tell of one thing, newest first} */
    List<AuditEntry> recent(AuditEntry.What what);

    /** {@return what does not fit together, a sentence each; empty when everything does} */
    List<String> faults();

    /**
     * {@return what does not fit together in a chain, a sentence each}
     *
     * @param entries oldest first
     * @param head what was noted as the newest
     */
    static List<String> faults(List<AuditEntry> entries, Head head) {
        List<String> faults = new ArrayList<>();
        Head last = Head.NONE;
        for (AuditEntry entry : entries) {
            if (entry.number() != last.number() + 1) {
                faults.add(missing(last.number() + 1, entry.number() - 1));
            } else if (!entry.previous().equals(last.hash())) {
                faults.add("Entry " + entry.number() + " does not follow the entry before it as that is now.");
            }
            if (!entry.isSound()) {
                faults.add("Entry " + entry.number() + " (" + entry.what() + " by "
                        + (entry.who().isEmpty() ? "nobody" : entry.who()) + " at " + entry.time()
                        + ") was changed after it was written.");
            }
            last = new Head(entry.number(), entry.hash());
        }
        if (head.number() > last.number()) {
            faults.add(missing(last.number() + 1, head.number()));
        } else if (!head.equals(last)) {
            faults.add("The newest entry is " + last.text() + ", but " + head.text() + " was noted as the newest.");
        }
        return faults;
    }

    private static String missing(long from, long to) {
        return from == to ? "Entry " + from + " is missing." : "Entries " + from + " to " + to + " are missing.";
    }
}
