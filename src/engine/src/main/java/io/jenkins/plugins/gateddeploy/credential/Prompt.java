package io.jenkins.plugins.gateddeploy.credential;

/** Asks the person at the terminal for something that must not be seen. */
@FunctionalInterface
public interface Prompt {

    /**
     * {@return the answer; null when the person gives none}
     *
     * @param question one line, without colon or line end
     */
    Secret ask(String question);
}
