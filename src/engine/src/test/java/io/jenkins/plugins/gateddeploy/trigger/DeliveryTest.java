package io.jenkins.plugins.gateddeploy.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {
    private static final Secret SECRET = Secret.of("It's a Secret to Everybody");

    @Test
    void checksTheSignatureOfGitHubByTheExampleOfItsDocumentation() throws Exception {
        Map<String, String> headers =
                github("push", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
        byte[] body = "Hello, World!".getBytes(StandardCharsets.UTF_8);

        assertThat(Delivery.of(headers::get, body).isProvenBy(SECRET)).isTrue();
        assertThat(Delivery.of(headers::get, body).isProvenBy(Secret.of("another")))
                .isFalse();
        assertThat(Delivery.of(headers::get, "Hello, World?".getBytes(StandardCharsets.UTF_8))
                        .isProvenBy(SECRET))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sha256=", "sha1=757107ea0eb2509fc211221cce984b8a37570b6d", "It's a Secret to Everybody"})
    void takesNoOtherProofForTheSignature(String proof) throws Exception {
        assertThat(Delivery.of(github("push", proof)::get, new byte[0]).isProvenBy(SECRET))
                .isFalse();
    }

    @Test
    void checksTheTokenOfGitLab() throws Exception {
        assertThat(Delivery.of(gitlab("Push Hook", "token")::get, new byte[0]).isProvenBy(Secret.of("token")))
                .isTrue();
        assertThat(Delivery.of(gitlab("Push Hook", "token2")::get, new byte[0]).isProvenBy(Secret.of("token")))
                .isFalse();
    }

    @Test
    void isProvenByNoEmptySecret() throws Exception {
        Map<String, String> headers = gitlab("Push Hook", "");

        assertThat(Delivery.of(headers::get, new byte[0]).isProvenBy(Secret.of("")))
                .isFalse();
    }

    @Test
    void readsAPushToABranchOnGitHub() throws Exception {
        assertThat(push(github("push", ""), "github-push.json"))
                .contains(new Push(
                        List.of(
                                "https://github.com/example-shop/storefront.git",
                                "git://github.com/example-shop/storefront.git",
                                "https://github.com/example-shop/storefront",
                                "git@github.com:example-shop/storefront.git"),
                        new Reference(Reference.Kind.BRANCH, "main"),
                        "59b20b8d5c6ff8d09518454d4dd8b7b30f095ab5",
                        "mona-example"));
    }

    @Test
    void readsATagOnGitHub() throws Exception {
        assertThat(push(github("push", ""), "github-tag.json").orElseThrow().reference())
                .isEqualTo(new Reference(Reference.Kind.TAG, "v1.4.0"));
    }

    @Test
    void readsAPushAndATagOnGitLab() throws Exception {
        Push push = push(gitlab("Push Hook", ""), "gitlab-push.json").orElseThrow();

        assertThat(push.repositories())
                .contains(
                        "https://gitlab.example.org/shop/storefront.git", "git@gitlab.example.org:shop/storefront.git");
        assertThat(push.reference()).isEqualTo(new Reference(Reference.Kind.BRANCH, "main"));
        assertThat(push.commit()).isEqualTo("da1560886d4f094c3e6c9ef40349f7d38b5d27d7");
        assertThat(push.person()).isEqualTo("jo-example");
        assertThat(push(gitlab("Tag Push Hook", ""), "gitlab-tag.json")
                        .orElseThrow()
                        .reference())
                .isEqualTo(new Reference(Reference.Kind.TAG, "v1.0.0"));
    }

    @Test
    void takesNothingElseForAPush() throws Exception {
        assertThat(push(github("push", ""), "github-tag-deleted.json")).isEmpty();
        assertThat(push(github("ping", ""), "github-push.json")).isEmpty();
        assertThat(push(gitlab("Note Hook", ""), "gitlab-push.json")).isEmpty();
        assertThat(read("{\"ref\":\"refs/notes/x\",\"after\":\"" + "a".repeat(40)
                        + "\",\"repository\":{\"clone_url\":\"https://a/b\"}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "{\"ref\":",
                "null",
                "{\"ref\":\"refs/heads/main\",\"after\":\"zz\",\"repository\":{\"clone_url\":\"https://a/b\"}}",
                "{\"ref\":\"refs/heads/main\",\"after\":\"0123456789012345678901234567890123456789\"}",
                "{} {}"
            })
    void rejectsWhatIsNoPayload(String body) {
        assertThat(rejected(body).status()).isEqualTo(400);
    }

    @Test
    void rejectsWhatIsMadeToUseUpMemory() {
        assertThat(rejected("{\"commits\":" + "[".repeat(100_000)).status()).isEqualTo(400);
        assertThat(rejected("{\"" + "a".repeat(100_000) + "\":1}").status()).isEqualTo(400);
        assertThat(rejected("{\"a\":" + "1".repeat(100_000) + "}").status()).isEqualTo(400);
    }

    @Test
    void takesNoNameThatGitWouldNot() throws Exception {
        assertThat(read("{\"ref\":\"refs/heads/../../x\",\"after\":\"" + "a".repeat(40)
                        + "\",\"repository\":{\"clone_url\":\"https://a/b\"}}"))
                .isEmpty();
    }

    @Test
    void looksForTheRepositoryWhereTheForgePutsIt() {
        // What a person may write into a push must not be taken for the repository that it is of.
        assertThat(rejected("{\"ref\":\"refs/heads/main\",\"after\":\"" + "a".repeat(40)
                                + "\",\"head_commit\":{\"repository\":{\"clone_url\":\"https://a/b\"}}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void rejectsWhatIsOfNoForge() {
        assertThat(catchThrowableOfType(Rejected.class, () -> Delivery.of(name -> null, new byte[0])))
                .hasMessageContaining("GitHub and GitLab");
    }

    @Test
    void rejectsAFormAndADeliveryWithoutId() {
        Map<String, String> form = github("push", "");
        form.put("Content-Type", "application/x-www-form-urlencoded");
        Map<String, String> nameless = github("push", "");
        nameless.put("X-GitHub-Delivery", "x\ny-12345678");

        assertThat(catchThrowableOfType(Rejected.class, () -> Delivery.of(form::get, new byte[0]))
                        .status())
                .isEqualTo(415);
        assertThat(catchThrowableOfType(Rejected.class, () -> Delivery.of(nameless::get, new byte[0])))
                .hasMessageContaining("X-GitHub-Delivery");
    }

    @Test
    void isKnownAgainByItsBodyWhateverItIsCalled() throws Exception {
        Map<String, String> again = github("push", "");
        again.put("X-GitHub-Delivery", "00000000-0000-0000-0000-000000000000");

        List<String> first =
                Delivery.of(github("push", "")::get, new byte[] {1}).marks();

        assertThat(Delivery.of(again::get, new byte[] {1}).marks()).containsAnyElementsOf(first);
        assertThat(Delivery.of(again::get, new byte[] {2}).marks()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void isKnownAgainOnGitLabByItsIdAlone() throws Exception {
        Map<String, String> first = Map.of(
                "X-Gitlab-Event",
                "Push Hook",
                "X-Gitlab-Event-UUID",
                "11111111-0000",
                "Content-Type",
                "application/json");
        Map<String, String> later = Map.of(
                "X-Gitlab-Event",
                "Push Hook",
                "X-Gitlab-Event-UUID",
                "22222222-0000",
                "Content-Type",
                "application/json");
        List<String> marks = Delivery.of(first::get, new byte[] {1}).marks();

        assertThat(Delivery.of(later::get, new byte[] {1}).marks()).doesNotContainAnyElementsOf(marks);
        assertThat(Delivery.of(first::get, new byte[] {2}).marks()).containsAnyElementsOf(marks);
    }

    private static Rejected rejected(String body) {
        return catchThrowableOfType(Rejected.class, () -> read(body));
    }

    private static Optional<Push> read(String body) throws Rejected {
        return Delivery.of(github("push", "")::get, body.getBytes(StandardCharsets.UTF_8))
                .push();
    }

    private static Optional<Push> push(Map<String, String> headers, String resource) throws IOException, Rejected {
        try (InputStream in = DeliveryTest.class.getResourceAsStream(resource)) {
            return Delivery.of(headers::get, in.readAllBytes()).push();
        }
    }

    private static Map<String, String> github(String event, String signature) {
        return new HashMap<>(Map.of(
                "Content-Type",
                "application/json",
                "X-GitHub-Event",
                event,
                "X-GitHub-Delivery",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                "X-Hub-Signature-256",
                signature));
    }

    private static Map<String, String> gitlab(String event, String token) {
        return new HashMap<>(Map.of(
                "Content-Type",
                "application/json",
                "X-Gitlab-Event",
                event,
                "X-Gitlab-Event-UUID",
                "13792a34-cac6-4fda-95a8-c58e00a3954e",
                "X-Gitlab-Token",
                token));
    }
}
