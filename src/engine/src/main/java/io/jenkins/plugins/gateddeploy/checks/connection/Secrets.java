package io.jenkins.plugins.gateddeploy.checks.connection;

import io.jenkins.plugins.gateddeploy.config.Configuration;
import io.jenkins.plugins.gateddeploy.config.Requirements;
import io.jenkins.plugins.gateddeploy.config.Variable;
import io.jenkins.plugins.gateddeploy.credential.Credential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The secrets that an environment uses, as far as the host has them. */
final class Secrets {
    private final Configuration configuration;
    private final Store store;

    Secrets(Configuration configuration, Store store) {
        this.configuration = configuration;
        this.store = store;
    }

    /** {@return all that can be had; what cannot is another check's to say} */
    List<Secret> known() {
        List<Secret> known = new ArrayList<>();
        for (Requirements.Needed needed : configuration.checks().requires().credentials()) {
            Set<Credential.Type> wanted = needed.type().map(Set::of).orElse(Set.of());
            if (store.look(needed.id(), wanted) instanceof Store.Found.Held held) {
                known.addAll(held.credential().secrets());
            }
        }
        configuration.variables().values().forEach(variable -> {
            if (variable instanceof Variable.SecretReference reference) {
                text(reference.id()).ifPresent(known::add);
            }
        });
        return known;
    }

    /** {@return a secret text; empty when the host has none of that id, or cannot read it} */
    Optional<Secret> text(String id) {
        return store.look(id, Set.of(Credential.Type.TEXT)) instanceof Store.Found.Held held
                        && held.credential().types().contains(Credential.Type.TEXT)
                ? held.credential().secrets().stream().findFirst()
                : Optional.empty();
    }

    /** {@return a veil over all that is known, and over every text of a file that is secret itself} */
    Veil veil(TomlFile file) {
        List<Secret> hidden = new ArrayList<>(known());
        file.leaves().values().forEach(leaf -> texts(leaf.value(), hidden));
        return new Veil(hidden);
    }

    private static void texts(Object value, List<Secret> into) {
        if (value instanceof String text) {
            into.add(Secret.of(text));
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> texts(item, into));
        } else if (value instanceof Map<?, ?> table) {
            texts(table.values(), into);
        }
    }
}
