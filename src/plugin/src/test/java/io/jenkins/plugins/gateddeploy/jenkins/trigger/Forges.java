package io.jenkins.plugins.gateddeploy.jenkins.trigger;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** GitHub and GitLab as they send to a Jenkins; payloads have the shapes of their documentation. */
final class Forges {
    static final String REPOSITORY = "https://github.example/shop/storefront";

    private final URI endpoint;
    private final HttpClient client = HttpClient.newHttpClient();

    Forges(URI jenkins) {
        endpoint = jenkins.resolve("gated-deploy-webhook/");
    }

    /** Lets Jenkins know a secret, and the repositories that it is of. */
    static void know(String repository, String id, String secret) throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
        SystemCredentialsProvider.getInstance().save();
        List<WebhookRepository> known =
                new ArrayList<>(WebhookConfiguration.get().getRepositories());
        known.add(new WebhookRepository(repository, id));
        WebhookConfiguration.get().setRepositories(known);
    }

    /** {@return a push of GitHub; each is another, as its time is} */
    static String push(String ref, String commit) {
        return push(REPOSITORY, ref, commit);
    }

    static String push(String repository, String ref, String commit) {
        return """
                {"ref": "%s", "before": "%s", "after": "%s",
                 "repository": {"name": "storefront", "full_name": "shop/storefront", "pushed_at": %d,
                   "html_url": "%s", "clone_url": "%s.git", "ssh_url": "git@github.example:shop/storefront.git"},
                 "pusher": {"name": "mona", "email": "mona@example.org"},
                 "sender": {"login": "mona", "id": 1, "site_admin": false},
                 "created": false, "deleted": false, "forced": false,
                 "commits": [{"id": "%s", "message": "Work", "added": [], "removed": [], "modified": ["a"]}]}
                """.formatted(ref, "6".repeat(40), commit, System.nanoTime(), repository, repository, commit);
    }

    /** Sends as GitHub does. */
    HttpResponse<String> github(String body, String secret) throws Exception {
        return github(body, sign(body, secret), UUID.randomUUID().toString());
    }

    HttpResponse<String> github(String body, String signature, String id) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", id);
        if (!signature.isEmpty()) {
            request.header("X-Hub-Signature-256", signature);
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Sends as GitLab does. */
    HttpResponse<String> gitlab(String body, String token) throws Exception {
        return send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/json")
                .header("X-Gitlab-Event", "Push Hook")
                .header("X-Gitlab-Event-UUID", UUID.randomUUID().toString())
                .header("X-Gitlab-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get() throws Exception {
        return send(HttpRequest.newBuilder(endpoint).GET());
    }

    static String sign(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
