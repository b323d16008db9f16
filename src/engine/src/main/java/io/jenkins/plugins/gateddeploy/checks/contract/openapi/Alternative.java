package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

import io.jenkins.plugins.gateddeploy.checks.contract.document.Node;
import java.util.List;
import java.util.Optional;

/**
 * One of the schemas of a choice.
 *
 * @param name by which it is found again in the other version; empty for none
 * @param schema what it is
 */
record Alternative(Optional<String> name, Schema schema) {

    static Alternative of(Node node, Schema schema) {
        Optional<String> reference = Optional.ofNullable(Schemas.name(node));
        return new Alternative(reference.or(() -> node.get("title").text()), schema);
    }

    static Alternative unnamed(Schema schema) {
        return new Alternative(Optional.empty(), schema);
    }

    /**
     * {@return the one of the other version with the same name, or the only one of the same type where that is the only
     * one here too; null when there is none}
     */
    static Alternative withName(Alternative wanted, List<Alternative> here, List<Alternative> there) {
        if (wanted.name.isPresent()) {
            List<Alternative> same =
                    there.stream().filter(a -> a.name.equals(wanted.name)).toList();
            boolean only = here.stream().filter(a -> a.name.equals(wanted.name)).count() == 1;
            return only && same.size() == 1 ? same.get(0) : null;
        }
        Types types = wanted.schema.types();
        if (types.each().size() != 1) {
            return null;
        }
        List<Alternative> same = there.stream()
                .filter(a -> a.name.isEmpty() && a.schema.types().equals(types))
                .toList();
        boolean only = here.stream().filter(a -> a.schema.types().meets(types)).count() == 1;
        boolean onlyThere =
                there.stream().filter(a -> a.schema.types().meets(types)).count() == 1;
        return only && onlyThere && same.size() == 1 ? same.get(0) : null;
    }

    /** {@return whether the other may be what became of this} */
    boolean mayBe(Alternative other) {
        boolean bothNamed = name.isPresent() && other.name.isPresent();
        return !bothNamed && schema.types().meets(other.schema.types());
    }

    String words() {
        return name.orElseGet(() -> schema.types().words());
    }
}
