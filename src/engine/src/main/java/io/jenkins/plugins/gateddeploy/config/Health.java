package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How to tell that a release works.
 *
 * @param check what is asked
 * @param from where it is asked from
 * @param timeout of one attempt
 * @param interval between attempts
 * @param retries further attempts after the first failed one; 0 or more
 */
public record Health(Check check, From from, Duration timeout, Duration interval, int retries) {
    public Health {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(interval, "interval");
    }

    /** Where the question is asked from. */
    public enum From {
        /** Where the SSH connections start. */
        HOST,
        /** On the target. */
        TARGET
    }

    /** What is asked. {@code {target}} in a text stands for the target's host name or address. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Check.Http.class, name = "http"),
        @JsonSubTypes.Type(value = Check.Tcp.class, name = "tcp"),
        @JsonSubTypes.Type(value = Check.Run.class, name = "run")
    })
    public sealed interface Check {
        /**
         * A GET request.
         *
         * @param url http or https, may hold {@code {target}}
         * @param status the statuses that are good; 200 when the file names none
         * @param body a regular expression to be found in the body
         */
        record Http(String url, Set<Integer> status, Optional<String> body) implements Check {
            public Http {
                Objects.requireNonNull(url, "url");
                Objects.requireNonNull(body, "body");
                status = Set.copyOf(status);
            }
        }

        /** Whether somebody accepts connections at {@code host:port}. */
        record Tcp(String host, int port) implements Check {
            public Tcp {
                Objects.requireNonNull(host, "host");
            }
        }

        /** A shell command line on the target; good when it exits with 0. */
        record Run(String command) implements Check {
            public Run {
                Objects.requireNonNull(command, "command");
            }
        }
    }
}
