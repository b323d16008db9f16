package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * The one JSON form of the engine's records: equal values give equal text, whatever the order of a set or the Java
 * runtime. Keys and the items of sets are sorted, durations and times are ISO 8601, an empty {@code Optional} is null.
 * Reading back gives an equal value.
 */
public final class CanonicalJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(
                    new SimpleModule("sorted sets").addSerializer(Set.class, new StdDelegatingSerializer(new Sorted())))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST, MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // A newer version may have written more than this one knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.USE_LONG_FOR_INTS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private CanonicalJson() {}

    /**
     * {@return the value as JSON on one line} A list of values that are told apart by their kind (such as {@link
     * Variable}) has to be a component of a record: by itself a list does not say what it is made of.
     */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /**
     * {@return the value, never null} Properties that the type does not know are passed over.
     *
     * @throws IllegalArgumentException when the text is not JSON, or something is missing or of the wrong type; says
     *     where, but shows nothing of the text, in which a person may have written a secret
     */
    public static <T> T read(String json, Class<T> type) {
        T value;
        try {
            value = MAPPER.readValue(json, type);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(
                    "This JSON is no " + type.getSimpleName() + ": see " + e.getPathReference());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON where a " + type.getSimpleName() + " was expected");
        }
        if (value == null) {
            throw new IllegalArgumentException("This JSON is null where a " + type.getSimpleName() + " was expected");
        }
        return value;
    }

    private static final class Sorted extends StdConverter<Set<?>, List<?>> {
        @Override
        public List<?> convert(Set<?> set) {
            return set.stream().sorted().toList();
        }
    }
}
