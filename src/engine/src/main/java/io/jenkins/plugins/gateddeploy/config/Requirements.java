package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be there before an environment is deployed to.
 *
 * @param credentials of the host
 * @param variables names of variables that every target has to set
 * @param place where targets set them; empty for the {@code .env} that releases share
 * @param commands programs that every target has to have: names as tasks call them, or absolute paths
 * @param phpExtensions extensions of PHP that every target has to have, as {@code php -m} lists them, in whatever case
 */
public record Requirements(
        List<Needed> credentials,
        List<String> variables,
        Optional<Place> place,
        // Left out when empty: the digest of a configuration that asks for none stays what it always was.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> commands,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> phpExtensions) {
    public Requirements {
        Objects.requireNonNull(place, "place");
        // Null where JSON left them out.
        commands = commands == null ? List.of() : List.copyOf(commands);
        phpExtensions = phpExtensions == null ? List.of() : List.copyOf(phpExtensions);
        credentials = List.copyOf(credentials);
        variables = List.copyOf(variables);
    }

    /**
     * A credential.
     *
     * @param id under which the host keeps it
     * @param type which it has to have; empty when any will do
     */
    public record Needed(String id, Optional<Credential.Type> type) {
        public Needed {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
        }
    }

    /** Where variables of a running application are set on a target. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = InFile.class, name = "file"),
        @JsonSubTypes.Type(value = OfService.class, name = "service"),
        @JsonSubTypes.Type(value = FromCommand.class, name = "command")
    })
    public sealed interface Place {}

    /**
     * A file in the syntax of dotenv.
     *
     * @param path absolute, or below {@code shared/}
     */
    public record InFile(String path) implements Place {}

    /**
     * What systemd gives to a unit.
     *
     * @param unit its name, such as {@code storefront.service}
     */
    public record OfService(String unit) implements Place {}

    /**
     * What a command prints, a line {@code NAME=value} each.
     *
     * @param line for {@code sh -c}
     */
    public record FromCommand(String line) implements Place {}
}
