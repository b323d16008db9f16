package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of the application that connects an environment to the world, such as {@code shopify.app.toml}. Its keys are
 * named with dots ({@code auth.redirect_urls}), as TOML joins them.
 *
 * @param file its path below the release
 * @param expected what it has to hold
 * @param reference a file that it has to agree with; empty for none
 * @param specific what must not be as in development
 */
public record ConfigFile(String file, Expected expected, Optional<Reference> reference, Specific specific) {
    public ConfigFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(specific, "specific");
    }

    /**
     * What the file has to hold.
     *
     * @param values by key: strings, booleans, integers, floats, or lists of these and of tables. In a string {@code *}
     *     stands for some characters of one part of an address and {@code **} for any
     * @param absent keys that must not be there, neither themselves nor anything below them
     * @param unordered keys of lists whose order does not matter
     */
    public record Expected(SortedMap<String, Object> values, List<String> absent, List<String> unordered) {
        public Expected {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
            absent = List.copyOf(absent);
            unordered = List.copyOf(unordered);
        }
    }

    /**
     * A whole file to agree with, except for keys that {@link Expected} speaks of.
     *
     * @param from where it comes from
     * @param except keys that may differ, with all that is below them
     */
    public record Reference(Origin from, List<String> except) {
        public Reference {
            Objects.requireNonNull(from, "from");
            except = List.copyOf(except);
        }
    }

    /** Where a reference file comes from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Current.class, name = "current"),
        @JsonSubTypes.Type(value = SecretFile.class, name = "secret")
    })
    public sealed interface Origin {}

    /** The file of the same path in the release that is current. */
    public record Current() implements Origin {}

    /** A secret file, or secret text, of the host. */
    public record SecretFile(String id) implements Origin {
        public SecretFile {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * What belongs to this environment alone.
     *
     * @param keys with all that is below them
     * @param development the development environment's file, a path below the release; empty for the one that the
     *     environment named {@code development} has
     */
    public record Specific(List<String> keys, Optional<String> development) {
        public Specific {
            Objects.requireNonNull(development, "development");
            keys = List.copyOf(keys);
        }
    }
}
