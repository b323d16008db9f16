package io.jenkins.plugins.gateddeploy.checks.contract.openapi;

/** What to do about a change that breaks clients. */
enum Mend {
    KEEP("Keep it until no client uses it any more, and offer what replaces it beside it."),
    OPTIONAL("Make it optional, and do without it when old clients do not send it."),
    ACCEPT("Go on accepting what old clients send."),
    ANSWER("Go on answering as before; offer what is new as a field, a path or a version of its own."),
    LOOK("Look whether clients bear it.");

    private final String text;

    Mend(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
