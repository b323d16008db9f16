package io.jenkins.plugins.gateddeploy.jenkins.registration;

import hudson.model.User;
import io.jenkins.plugins.gateddeploy.actor.Actor;
import java.util.List;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;

/**
 * Most security realms take Alice and alice for one person, some do not. The engine compares names exactly, so what
 * people typed into a registration is spelled here as the realm's own rules allow.
 */
record Spelling(Actor actor, IdStrategy users, IdStrategy groups) {

    static Spelling of(Actor actor) {
        var realm = Jenkins.get().getSecurityRealm();
        return new Spelling(actor, realm.getUserIdStrategy(), realm.getGroupIdStrategy());
    }

    /** {@return the names, those that mean the actor or a group of theirs as the actor has them} */
    List<String> names(List<String> typed) {
        return typed.stream().map(this::name).toList();
    }

    private String name(String typed) {
        if (typed.startsWith("@")) {
            String group = typed.substring(1);
            return actor.groups().stream()
                    .filter(g -> groups.equals(g, group))
                    .findFirst()
                    .map(g -> "@" + g)
                    .orElse(typed);
        }
        return users.equals(typed, actor.id()) ? actor.id() : typed;
    }

    /** {@return the names, those of users who have been here as Jenkins spells them} */
    static List<String> ofUsers(List<String> typed) {
        return typed.stream()
                .map(name -> {
                    User user = name.startsWith("@") ? null : User.getById(name, false);
                    return user == null ? name : user.getId();
                })
                .toList();
    }
}
