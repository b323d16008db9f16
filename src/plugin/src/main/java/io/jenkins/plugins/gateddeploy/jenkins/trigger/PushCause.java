package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import hudson.model.Cause;
import io.jenkins.plugins.gateddeploy.jenkins.host.AutomaticCause;
import io.jenkins.plugins.gateddeploy.registration.Starter;
import io.jenkins.plugins.gateddeploy.trigger.Forge;
import io.jenkins.plugins.gateddeploy.trigger.Push;
import java.util.Objects;

/** A push that a forge has reported. The person is the forge's, and has no rights here. */
public final class PushCause extends Cause implements AutomaticCause {
    private final String forge;
    private final String repository;
    private final String reference;
    private final String person;

    PushCause(Forge forge, String repository, Push push) {
        this.forge = forge.words();
        this.repository = repository;
        this.reference = push.reference().toString();
        this.person = push.person();
    }

    @Override
    public Starter.Kind starter() {
        return Starter.Kind.SCM;
    }

    @Override
    public String getShortDescription() {
        return person.isEmpty()
                ? Messages.PushCause_byNobody(reference, repository, forge)
                : Messages.PushCause_by(reference, repository, person, forge);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PushCause cause
                && cause.forge.equals(forge)
                && cause.repository.equals(repository)
                && cause.reference.equals(reference)
                && cause.person.equals(person);
    }

    @Override
    public int hashCode() {
        return Objects.hash(forge, repository, reference, person);
    }
}
