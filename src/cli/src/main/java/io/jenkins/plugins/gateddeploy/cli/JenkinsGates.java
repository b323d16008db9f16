package io.jenkins.plugins.gateddeploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.gate.Decision.Verdict;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The gates of a job of a Jenkins, through its REST API. Follows no redirection: the token is for the address that the
 * user has typed.
 */
final class JenkinsGates {
    static final String TOKEN = "GATED_DEPLOY_JENKINS_TOKEN";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String gates;
    private final String user;
    private final Secret token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** How a gate stands after a decision. */
    record Answer(String standing, String revision, List<String> needed) {}

    /**
     * @param job address of the job
     * @param insecure whether the token may go over plain HTTP to another machine
     * @throws ProblemException when it may not, or the address is none
     */
    JenkinsGates(URI job, String user, Secret token, boolean insecure) throws ProblemException {
        String scheme = Optional.ofNullable(job.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(job.getHost()).orElse("");
        boolean plain = scheme.equals("http");
        if (host.isEmpty() || !(plain || scheme.equals("https")) || job.getRawUserInfo() != null) {
            throw new ProblemException(
                    "jenkins.url",
                    "--jenkins must be the address of a job without a login, such as https://ci.example.org/job/shop/.",
                    "The user goes into --user, the token into " + TOKEN + ".");
        }
        if (plain && !insecure && !HERE.contains(host)) {
            throw new ProblemException(
                    "jenkins.insecure",
                    "The token would go to " + host + " over plain HTTP, where others can read it.",
                    "Use https, or say --insecure-http if that network is safe.");
        }
        String address = job.getRawPath() == null ? "" : job.getRawPath().replaceAll("/+$", "");
        this.gates = scheme + "://" + job.getRawAuthority() + address + "/deployments/api/gates/";
        this.user = user;
        this.token = token;
    }

    /**
     * {@return the API token: from the environment, else typed by somebody who is there}
     *
     * @throws ProblemException when there is none
     */
    static Secret token(Map<String, String> environment) throws ProblemException {
        String given = environment.get(TOKEN);
        if (given != null && !given.isBlank()) {
            return Secret.of(given.strip());
        }
        return Optional.ofNullable(System.console())
                .filter(console -> Boolean.getBoolean("gateddeploy.input"))
                .map(console -> console.readPassword("API token of Jenkins: "))
                .map(typed -> Secret.of(new String(typed)))
                .orElseThrow(() -> new ProblemException(
                        "jenkins.token",
                        "There is no API token.",
                        "Make one on the page Security of your user in Jenkins, and put it into " + TOKEN + "."));
    }

    /**
     * Decides on the plan that the gate has now.
     *
     * @throws ProblemException when that is another plan than was seen, Jenkins cannot be asked, or does not take the
     *     decision
     */
    Answer decide(String gate, Verdict verdict, String comment, Seen seen)
            throws ProblemException, InterruptedException {
        String address = gates + URLEncoder.encode(gate, StandardCharsets.UTF_8).replace("+", "%20");
        JsonNode before = send(HttpRequest.newBuilder(URI.create(address)).GET());
        String plan = seen.of(gate, before.path("plan").asText());
        BodyPublisher body = BodyPublishers.ofString(JSON.createObjectNode()
                .put("verdict", verdict.name())
                .put("comment", comment)
                .put("plan", plan)
                .toString());
        JsonNode after = send(HttpRequest.newBuilder(URI.create(address + "/decisions"))
                .header("Content-Type", "application/json")
                .POST(body));
        List<String> needed = new ArrayList<>();
        after.path("needed").forEach(need -> needed.add(need.asText()));
        return new Answer(
                after.path("standing").asText(), after.path("revision").asText(), needed);
    }

    private JsonNode send(HttpRequest.Builder request) throws ProblemException, InterruptedException {
        String login =
                Base64.getEncoder().encodeToString((user + ":" + token.reveal()).getBytes(StandardCharsets.UTF_8));
        HttpRequest asked = request.header("Authorization", "Basic " + login)
                .header("Accept", "application/json")
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer;
        try {
            answer = client.send(asked, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ProblemException(
                    "jenkins.unreachable", "Jenkins at " + asked.uri() + " does not answer: " + e + ".", "");
        }
        Optional<JsonNode> json = parsed(answer.body());
        if (answer.statusCode() / 100 == 2 && json.isPresent()) {
            return json.get();
        }
        throw refused(asked.uri(), answer.statusCode(), json);
    }

    private ProblemException refused(URI uri, int status, Optional<JsonNode> json) {
        String detail = json.map(j -> j.path("detail").asText()).orElse("");
        String why = switch (status) {
            case 401 -> "it does not know " + user + " by this token";
            case 403 -> "it does not let " + user + " decide";
            case 404 -> "there is no such gate, or " + user + " cannot see it";
            default -> "it answered with status " + status;
        };
        return new ProblemException(
                "jenkins.refused",
                "Jenkins did not take the decision: " + (detail.isEmpty() ? why + " (" + uri + ")." : detail),
                "");
    }

    private static Optional<JsonNode> parsed(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
