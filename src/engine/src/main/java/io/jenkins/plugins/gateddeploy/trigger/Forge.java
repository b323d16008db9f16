package io.jenkins.plugins.gateddeploy.trigger;

import java.util.List;

/** A server of git repositories that reports pushes, with the names of its headers. */
public enum Forge {
    /** <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers">GitHub</a>. */
    GITHUB("GitHub", "X-GitHub-Event", "X-GitHub-Delivery", "X-Hub-Signature-256", "push"),
    /** <a href="https://docs.gitlab.com/user/project/integrations/webhooks/#delivery-headers">GitLab</a>. */
    GITLAB("GitLab", "X-Gitlab-Event", "X-Gitlab-Event-UUID", "X-Gitlab-Token", "Push Hook|Tag Push Hook");

    private final String words;
    private final String event;
    private final String id;
    private final String proof;
    /** Separated by bars. */
    private final String pushes;

    Forge(String words, String event, String id, String proof, String pushes) {
        this.words = words;
        this.event = event;
        this.id = id;
        this.proof = proof;
        this.pushes = pushes;
    }

    /** {@return its name, for people} */
    public String words() {
        return words;
    }

    /** {@return the header that says what has happened} */
    public String event() {
        return event;
    }

    /** {@return the header that tells deliveries apart} */
    public String id() {
        return id;
    }

    /** {@return the header that proves who sent it} */
    public String proof() {
        return proof;
    }

    /** {@return whether an event is a push of a branch or tag} */
    boolean isPush(String name) {
        return List.of(pushes.split("\\|", -1)).contains(name);
    }
}
