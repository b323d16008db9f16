package io.jenkins.plugins.gateddeploy.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What may be written for a key, and what becomes of it.
 *
 * @param <T> what it is read to
 */
interface Shape<T> {

    /** {@return what belongs here, as a message says it after "expected"} */
    String expected();

    /** {@return the value; empty when it is not as it should be, which has then been reported} */
    Optional<T> read(Node node, Findings findings);

    /**
     * Reports what is wrong whatever other tables may add: a table of which an environment overrides a part need not
     * be complete.
     */
    default void check(Node node, Findings findings) {
        read(node, findings);
    }

    /** {@return what holds when {@code above} overrides {@code below}} */
    default Node merge(Node below, Node above) {
        return above;
    }

    /** {@return the keys that may stand within, each with its path; {@code *} is a name that the file chooses} */
    default Stream<String> keys() {
        return Stream.empty();
    }

    /** {@return the same, read to something else} */
    default <R> Shape<R> map(Function<? super T, ? extends R> function) {
        return new Mapped<>(this, function);
    }
}
