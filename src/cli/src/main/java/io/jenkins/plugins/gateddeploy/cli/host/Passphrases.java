package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.credential.Prompt;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * Passphrases of private keys that name none themselves: from the variable {@value #VARIABLE}, else asked for where
 * somebody can answer.
 *
 * @param environment variables of the process
 */
record Passphrases(Map<String, String> environment) implements Prompt {
    static final String VARIABLE = "GATED_DEPLOY_PASSPHRASE";

    /** {@return what asks; null when nobody would answer} */
    static Prompt in(Map<String, String> environment) {
        // The launcher script says whether somebody is there: since Java 22 there is a console in any case.
        boolean answers = environment.containsKey(VARIABLE) || Boolean.getBoolean("gateddeploy.input");
        return answers ? new Passphrases(environment) : null;
    }

    @Override
    public Secret ask(String question) {
        String given = environment.get(VARIABLE);
        if (given != null) {
            return Secret.of(given);
        }
        return Optional.ofNullable(System.console())
                .map(console -> console.readPassword("%s: ", question))
                .map(typed -> Secret.of(new String(typed)))
                .orElse(null);
    }

    @Override
    public String toString() {
        return "passphrases";
    }
}
