package io.jenkins.plugins.gateddeploy.trigger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of a push of GitHub (<a
 * href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">push</a>) or GitLab (<a
 * href="https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events">push and tag events</a>), read as a
 * stream: of a push with thousands of commits, a handful of texts is kept. The two have different names for what is needed, and
 * none in common that would mean different things.
 */
final class PushPayload {
    private static final int LONGEST_TEXT = 1_000;
    private static final String NOTHING = "0".repeat(40);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** Where an address of the repository can be, and where a person. */
    private static final Set<String> ADDRESSES = Set.of(
            "repository.clone_url",
            "repository.ssh_url",
            "repository.git_url",
            "repository.html_url",
            "repository.git_http_url",
            "repository.git_ssh_url",
            "project.git_http_url",
            "project.git_ssh_url",
            "project.web_url");

    private static final List<String> PERSONS = List.of("sender.login", "pusher.name", "user_username", "user_name");
    private static final Set<String> OUTER = Set.of("repository", "project", "sender", "pusher");
    private static final Set<String> PLAIN = Set.of("ref", "after", "user_username", "user_name");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(50)
                    .maxStringLength(1_000_000)
                    .maxNameLength(10_000)
                    .maxNumberLength(100)
                    .build())
            .build();

    private final Map<String, String> texts = new HashMap<>();

    private PushPayload() {}

    /** {@return the push; empty when something was deleted, or is neither a branch nor a tag} */
    static Optional<Push> read(byte[] body) throws Rejected {
        PushPayload payload = new PushPayload();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Rejected(400, "The body is no JSON object.");
            }
            payload.readObject(json, "");
            if (json.nextToken() != null) {
                throw new Rejected(400, "There is more after the JSON object of the body.");
            }
        } catch (IOException e) {
            throw new Rejected(400, "The body is no JSON that can be read here.");
        }
        return payload.push();
    }

    private void readObject(JsonParser json, String prefix) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && OUTER.contains(name)) {
                readObject(json, name + ".");
            } else if (value == JsonToken.VALUE_STRING && isWanted(name) && json.getTextLength() <= LONGEST_TEXT) {
                texts.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("not ended");
        }
    }

    private static boolean isWanted(String name) {
        return PLAIN.contains(name) || ADDRESSES.contains(name) || PERSONS.contains(name);
    }

    private Optional<Push> push() throws Rejected {
        String ref = texts.get("ref");
        String commit = texts.get("after");
        Set<String> addresses = new LinkedHashSet<>();
        ADDRESSES.stream()
                .sorted()
                .map(texts::get)
                .filter(a -> a != null && !a.isBlank())
                .forEach(addresses::add);
        if (ref == null || commit == null || !COMMIT.matcher(commit).matches() || addresses.isEmpty()) {
            throw new Rejected(400, "The body has no ref, no commit as after, or no address of a repository.");
        }
        String person = PERSONS.stream()
                .map(texts::get)
                .filter(p -> p != null)
                .findFirst()
                .orElse("");
        return commit.equals(NOTHING)
                ? Optional.empty()
                : Reference.of(ref).map(reference -> new Push(List.copyOf(addresses), reference, commit, person));
    }
}
