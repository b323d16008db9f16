package io.jenkins.plugins.gateddeploy.source;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The SHA-256 of files that this JVM has read, for as long as their {@link Stamp} is the same: the folder that staging got
 * is not hashed anew for production, and of a build that changed one file in a hundred only that is. When Java needs the
 * memory, it takes it back.
 */
final class HashMemory {
    /** Some 400 bytes each. */
    private static final int MOST = 200_000;

    private static final HashMemory OF_THIS_JVM = new HashMemory();

    private SoftReference<Map<String, Known>> all = new SoftReference<>(null);

    private record Known(Stamp stamp, String sha256) {}

    /** {@return what all folders read in this JVM share} */
    static HashMemory ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** {@return the SHA-256 of a file in hex; empty when it was not read with this stamp} */
    synchronized Optional<String> recall(Path file, Stamp stamp) {
        return Optional.ofNullable(known().get(file.toString()))
                .filter(known -> known.stamp().equals(stamp))
                .map(Known::sha256);
    }

    /**
     * Keeps what a file was found to be.
     *
     * @param file absolute
     * @param stamp settled, and taken before the file was read
     * @param sha256 of its content, in hex
     */
    synchronized void remember(Path file, Stamp stamp, String sha256) {
        known().put(file.toString(), new Known(stamp, sha256));
    }

    private Map<String, Known> known() {
        Map<String, Known> known = all.get();
        if (known == null) {
            known = new Recent();
            all = new SoftReference<>(known);
        }
        return known;
    }

    /** Forgets what was not asked for longest. */
    private static final class Recent extends LinkedHashMap<String, Known> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    }
}
