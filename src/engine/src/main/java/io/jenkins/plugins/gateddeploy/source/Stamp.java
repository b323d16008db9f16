package io.jenkins.plugins.gateddeploy.source;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a Unix file system notes whenever a file's content changes: proof, without reading it, that a file is what it was.
 *
 * <p>Nobody can set the time of change but by setting the machine's clock; it also moves when mode, owner or number of
 * names change, so another stamp does not mean other content. Two changes within one tick of the file system's clock have
 * the same time, so a stamp counts only when it had {@link #isSettled settled} when it was taken. This is the rule by
 * which git trusts its index (Documentation/technical/racy-git.txt of git).
 *
 * @param changed when the content, or anything else about it, was last changed (ctime), in nanoseconds since 1970
 * @param size in bytes
 * @param inode tells a file from another one of the same name
 */
record Stamp(long changed, long size, long inode) implements Serializable {
    /** No file system in use notes times more coarsely (FAT: two seconds). */
    private static final long TICK_MILLIS = 2_000;

    /** {@return the stamp of a file or, of a link, of the link itself; empty where there is nothing of the kind} */
    static Optional<Stamp> of(Path file) throws IOException {
        return isKnown(file)
                ? Optional.of(of(Files.readAttributes(file, "unix:ctime,size,ino", LinkOption.NOFOLLOW_LINKS)))
                : Optional.empty();
    }

    /** {@return the stamp in attributes of the view {@code unix}, of which {@code ctime, size, ino} are asked} */
    static Stamp of(Map<String, Object> attributes) {
        return new Stamp(
                ((FileTime) attributes.get("ctime")).to(TimeUnit.NANOSECONDS), (Long) attributes.get("size"), (Long)
                        attributes.get("ino"));
    }

    /** {@return whether the file system of a path tells stamps} */
    static boolean isKnown(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /**
     * {@return whether every later change gets another stamp}
     *
     * @param taken when the stamp was taken, or before, in milliseconds since 1970
     */
    boolean isSettled(long taken) {
        return TimeUnit.NANOSECONDS.toMillis(changed) <= taken - TICK_MILLIS;
    }
}
