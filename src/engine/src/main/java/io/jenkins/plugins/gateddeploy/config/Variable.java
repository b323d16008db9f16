package io.jenkins.plugins.gateddeploy.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** The value of an environment variable of tasks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Variable.Literal.class, name = "literal"),
    @JsonSubTypes.Type(value = Variable.SecretReference.class, name = "secret")
})
public sealed interface Variable {

    /** Written in deploy.toml itself. */
    record Literal(String value) implements Variable {
        public Literal {
            Objects.requireNonNull(value, "value");
        }
    }

    /** Looked up in the host's credentials at the moment of use. */
    record SecretReference(String id) implements Variable {
        public SecretReference {
            Objects.requireNonNull(id, "id");
        }
    }
}
