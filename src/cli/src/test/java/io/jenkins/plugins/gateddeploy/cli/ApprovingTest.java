package io.jenkins.plugins.gateddeploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.gateddeploy.cli.host.KeptPlans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Environments that ask for approval, from a terminal. */
class ApprovingTest {
    private static final String ALONE = "approval = { author_may_approve = true, requester_may_approve = true }\n";

    @TempDir
    private Path directory;

    private Given given;

    @BeforeEach
    void startServers() throws Exception {
        given = new Given(directory, 1);
        given.configure(ALONE);
    }

    @AfterEach
    void stopServers() throws Exception {
        given.close();
    }

    private String gate() throws IOException {
        Given.Ran ran = given.run("--json", "deploy", "production");
        assertThat(ran.code()).isEqualTo(4);
        return ran.json().get("gate").asText();
    }

    @Test
    void opensAGateAndGoesThroughItOnceItIsApproved() throws Exception {
        Given.Ran first = given.run("deploy", "production");
        String gate = gate();

        assertThat(first.code()).isEqualTo(4);
        assertThat(first.out())
                .contains("Nothing was changed: people have to approve this first")
                .contains("1 approval more by anybody who may approve here (deploy.toml of the new commit)")
                .contains("gated-deploy approve " + gate);
        assertThat(given.current(1)).doesNotExist();
        assertThat(new KeptPlans(directory.resolve("home/gates")).find(gate))
                .as("what its page shows")
                .hasValueSatisfying(plan -> assertThat(plan.environment()).isEqualTo("production"));
        assertThat(new KeptPlans(directory.resolve("home/gates")).find("other")).isEmpty();
        assertThat(given.run("history", "--json").json().get("deployments")).isEmpty();
        assertThat(given.run("deploy", "production", "--dry-run").code()).isZero();

        Given.Ran yes = given.run("approve", gate, "--comment", "Looks well");
        assertThat(yes.code()).isZero();
        assertThat(yes.out()).contains(": approved.");
        assertThat(given.run("deploy", "production").code()).isZero();
        assertThat(given.current(1).resolve("index.html")).hasContent("v1");

        // What has been deployed through it is done.
        assertThat(gate()).isNotEqualTo(gate);
        JsonNode trail = given.run("history", "--verify", "--json").json();
        assertThat(trail.get("faults")).isEmpty();
        assertThat(trail.get("entries").asInt()).isEqualTo(4);
        assertThat(trail.get("compared").asInt()).isEqualTo(1);
    }

    @Test
    void tellsPeopleOfTheGateThatACommandOpenedOrDecidedOn() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            notify("[mail]", "host = \"127.0.0.1\"", "port = " + mail.getSmtp().getPort());
            String gate = gate();
            assertThat(mail.getReceivedMessages()).singleElement().satisfies(message -> {
                assertThat(message.getSubject()).contains("[shop to production] Approval needed");
                assertThat(message.getContent().toString()).contains(gate);
            });
            assertThat(gate()).isEqualTo(gate);
            assertThat(given.run("deploy", "production", "--dry-run").code()).isZero();
            assertThat(mail.getReceivedMessages()).as("once").hasSize(1);

            Given.Ran yes = given.run("approve", gate);
            assertThat(yes.err()).isEmpty();
            assertThat(mail.getReceivedMessages()).hasSize(2);
            assertThat(mail.getReceivedMessages()[1].getSubject()).contains("Approved");
        } finally {
            mail.stop();
        }
    }

    @Test
    void endsAsItWouldWithoutANoticeWhenNobodyCanBeTold() throws Exception {
        notify("[webhook]", "url = { env = \"HOOK\" }");
        Given.Ran opened = given.run("--json", "deploy", "production");
        assertThat(opened.code()).isEqualTo(4);
        assertThat(opened.err()).contains("Nobody was told of this: ", "The environment variable HOOK is not set.");
        String gate = opened.json().get("gate").asText();

        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        int port = mail.getSmtp().getPort();
        mail.stop();
        notify("[mail]", "host = \"127.0.0.1\"", "port = " + port);
        Given.Ran no = given.run("reject", gate);

        assertThat(no.code()).isZero();
        assertThat(no.out()).contains(": rejected.");
        assertThat(no.err()).contains("could not be told by mail; it is tried again");
    }

    private void notify(String... lines) throws IOException {
        Files.createDirectories(directory.resolve("home"));
        String mail = lines[0].equals("[mail]")
                ? "tls = \"none\"\nfrom = \"deploy@example.org\"\nto = [\"ops@example.org\"]\n"
                : "";
        Files.writeString(directory.resolve("home/notify.toml"), String.join("\n", lines) + "\n" + mail);
    }

    @Test
    void asksAnewWhenThePlanIsAnotherAndTakesNoAsAnAnswer() throws Exception {
        String gate = gate();
        assertThat(given.run("approve", gate).code()).isZero();
        given.commit("v2", "Second page");

        String other = gate();

        assertThat(other).isNotEqualTo(gate);
        assertThat(given.run("reject", other, "--comment", "Not on a Friday").out())
                .contains(": rejected.");
        Given.Ran late = given.run("approve", other);
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err()).contains("Not on a Friday", "[gate.closed]");
        assertThat(given.run("approve", "no-such-gate").err()).contains("[gate.unknown]");
        assertThat(given.current(1)).doesNotExist();
    }

    @Test
    void decidesOnlyOnThePlanThatSomebodyHasSeen() throws Exception {
        JsonNode held = given.run("--json", "deploy", "production").json();
        String gate = held.get("gate").asText();
        String plan = held.get("plan").asText();
        assertThat(plan).hasSize(64);
        assertThat(given.run("deploy", "production").out()).contains("plan     " + plan);

        Given.Ran other = given.run("approve", gate, "--plan", "0123456789abcdef");
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("is about the plan " + plan, "[gate.plan]");
        assertThat(given.run("approve", gate, "--plan", plan.substring(0, 7)).code())
                .isEqualTo(2);
        assertThat(given.run("approve", gate, "--plan", "").code()).isEqualTo(2);
        assertThat(given.run("deploy", "production").code()).isEqualTo(4);

        assertThat(given.run("approve", gate, "--plan", plan.substring(0, 8).toUpperCase(java.util.Locale.ROOT))
                        .out())
                .contains(": approved.");
        assertThat(given.run("deploy", "production").code()).isZero();
    }

    @Test
    void letsNobodyApproveWhatTheyAskedForThemselves() throws Exception {
        given.configure("approval = { author_may_approve = true }\n");

        Given.Ran ran = given.run("approve", gate());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("[gate.requester]");
        assertThat(given.run("deploy", "production").code()).isEqualTo(4);
    }

    @Test
    void opensByItselfWhenDeployTomlSaysSoAndOtherwiseSaysWhyNot() throws Exception {
        given.configure("approval = { auto = [\"no-problems\"] }\n");
        assertThat(given.run("deploy", "production").out()).contains("It opened by itself: no-problems");
        given.configure("approval = { auto = [\"build-success\"] }\n");
        given.commit("v2", "Second page");

        Given.Ran ran = given.run("deploy", "production");

        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out()).contains("no build is known of.");
    }

    @Test
    void goesPastTheGateInAnEmergencyAndWritesThatDownForGood() throws Exception {
        Given.Ran ran = given.run("deploy", "production", "--emergency", "Shop is down");

        assertThat(ran.code()).isZero();
        String why = "Emergency, without approval: Shop is down";
        assertThat(given.run("history", "--json").json().findValuesAsText("reason"))
                .containsExactly(why);
        Path state = given.disk(1).resolve("srv/shop/.gated-deploy/releases.jsonl");
        assertThat(Files.readString(state)).contains(why).containsPattern("\"audit\":\"1:[0-9a-f]{64}\"");
        assertThat(given.run("history", "--verify").out()).contains("The audit trail is whole: 1 entries, 1 notes");
        assertThat(given.run("deploy", "production", "--emergency", " ").code()).isEqualTo(2);
    }

    @Test
    void findsThatAHistoryWasReplacedByWhatIsOnTheTargets() throws Exception {
        assertThat(given.run("deploy", "production", "--emergency", "Shop is down")
                        .code())
                .isZero();
        Path history = directory.resolve("home").resolve("history");
        try (Stream<Path> files = Files.walk(history)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        Given.Ran ran = given.run("history", "--verify", "--env", "production");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("does not fit: 127.0.0.1:", "this trail has no such entry")
                .contains("The audit trail is not as it was written");
    }

    @Test
    void decidesAtAGateOfJenkinsOnThePlanThatItHas() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer server = jenkins(seen);
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/jenkins/job/shop/";
            String[] yes = given.options("approve", "g-1", "--comment", "Fine", "--jenkins", url, "--user", "ada");
            Given.Ran ran = Given.Ran.of(Map.of("GATED_DEPLOY_JENKINS_TOKEN", "t0ken"), directory, yes);
            Given.Ran other = Given.Ran.of(Map.of("GATED_DEPLOY_JENKINS_TOKEN", "wrong"), directory, yes);

            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("v2 (abc1234): open. Still needed: 1 approval more by @qa.");
            assertThat(seen.subList(0, 2))
                    .containsExactly(
                            "GET /jenkins/job/shop/deployments/api/gates/g-1 Basic YWRhOnQwa2Vu ",
                            "POST /jenkins/job/shop/deployments/api/gates/g-1/decisions Basic YWRhOnQwa2Vu"
                                    + " {\"verdict\":\"APPROVE\",\"comment\":\"Fine\",\"plan\":\"0123\"}");
            int asked = seen.size();
            Given.Ran changed = Given.Ran.of(
                    Map.of("GATED_DEPLOY_JENKINS_TOKEN", "t0ken"),
                    directory,
                    given.options("approve", "g-1", "--plan", "99999999", "--jenkins", url, "--user", "ada"));
            assertThat(changed.code()).isEqualTo(2);
            assertThat(changed.err()).contains("is about the plan 0123, and not about 99999999", "[gate.plan]");
            assertThat(seen.subList(asked, seen.size()))
                    .singleElement()
                    .asString()
                    .startsWith("GET ");
            assertThat(other.code()).isEqualTo(2);
            assertThat(other.err())
                    .contains("it does not know ada by this token")
                    .doesNotContain("wrong");
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer jenkins(List<String> seen) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + login + " " + body);
            byte[] answer =
                    "{\"plan\":\"0123\",\"standing\":\"OPEN\",\"revision\":\"v2 (abc1234)\",\"needed\":[\"1 approval more by @qa\"]}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(login.endsWith("YWRhOnQwa2Vu") ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void sendsNoTokenOverAnOpenNetworkAndNoneThatIsNotThere() {
        Map<String, String> token = Map.of("GATED_DEPLOY_JENKINS_TOKEN", "t0ken");
        String[] far = given.options("approve", "g", "--jenkins", "http://ci.example.org/job/a", "--user", "ada");
        String[] login = given.options("approve", "g", "--jenkins", "https://a:b@ci.example.org/", "--user", "ada");
        String[] nobody = given.options("approve", "g", "--jenkins", "https://ci.example.org/job/a");

        assertThat(Given.Ran.of(token, directory, far).err()).contains("[jenkins.insecure]");
        assertThat(Given.Ran.of(token, directory, login).err()).contains("[jenkins.url]");
        assertThat(Given.Ran.of(token, directory, nobody).err()).contains("--jenkins needs --user");
        assertThat(Given.Ran.of(Map.of(), directory, far).err()).contains("[jenkins.token]");
        assertThat(List.of(
                        Given.Ran.of(token, directory, far).code(),
                        Given.Ran.of(token, directory, nobody).code()))
                .containsOnly(2);
    }
}
