package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a forge has sent to a webhook. Nothing of its body is read before it was proven, by one who knows a secret: on
 * GitHub by a signature of the body (<a
 * href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating deliveries</a>), on
 * GitLab by the secret itself (<a
 * href="https://docs.gitlab.com/user/project/integrations/webhooks/#validate-requests-by-using-a-secret-token">secret
 * token</a>).
 */
public final class Delivery {
    private static final String SIGNATURE = "sha256=";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{8,100}");

    private final Forge forge;
    private final String event;
    private final String id;
    private final String proof;
    private final byte[] body;

    private Delivery(Forge forge, String event, String id, String proof, byte[] body) {
        this.forge = forge;
        this.event = event;
        this.id = id;
        this.proof = proof;
        this.body = body;
    }

    /**
     * {@return what was sent}
     *
     * @param header gives the value of a header by its name, or null
     * @param body all of it; it is not copied
     * @throws Rejected when it is not of a forge that is known here
     */
    public static Delivery of(Function<String, String> header, byte[] body) throws Rejected {
        Forge forge = List.of(Forge.values()).stream()
                .filter(f -> header.apply(f.event()) != null)
                .findFirst()
                .orElseThrow(() -> new Rejected(
                        400, "This is for webhooks of GitHub and GitLab: a header that names the event is missing."));
        String type =
                Optional.ofNullable(header.apply("Content-Type")).orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            throw new Rejected(415, "The content type has to be application/json.");
        }
        String id = Optional.ofNullable(header.apply(forge.id())).orElse("");
        if (!ID.matcher(id).matches()) {
            throw new Rejected(400, "The header " + forge.id() + " is missing, or is no id of a delivery.");
        }
        String proof = Optional.ofNullable(header.apply(forge.proof())).orElse("");
        return new Delivery(forge, header.apply(forge.event()), id, proof, body);
    }

    /** {@return who has sent it} */
    public Forge forge() {
        return forge;
    }

    /** {@return whether it was sent by one who knows a secret; takes as long for a wrong proof as for a right one} */
    public boolean isProvenBy(Secret secret) {
        byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            return false;
        }
        return switch (forge) {
            case GITHUB ->
                MessageDigest.isEqual(
                        (SIGNATURE + HexFormat.of().formatHex(hmac(key))).getBytes(StandardCharsets.UTF_8),
                        proof.getBytes(StandardCharsets.UTF_8));
            // Digests are of one length, whatever the length of what was sent.
            case GITLAB -> MessageDigest.isEqual(sha256(key), sha256(proof.getBytes(StandardCharsets.UTF_8)));
        };
    }

    /**
     * {@return by what it is known again when it comes twice} Its id is not signed on GitHub, so that one who has seen a
     * delivery could send it again with another; its body is, and has times in it, so that no two are the same. On GitLab
     * the secret itself comes with it, so that one who has seen it can send anything; and two pushes may have the same
     * body: a branch that goes back and forth, a tag that is deleted and made again.
     */
    public List<String> marks() {
        String prefix = forge.name().toLowerCase(Locale.ROOT) + " ";
        return switch (forge) {
            case GITHUB -> List.of(prefix + id, prefix + HexFormat.of().formatHex(sha256(body)));
            case GITLAB -> List.of(prefix + id);
        };
    }

    /**
     * {@return the push that it tells of; empty when it is about anything else, such as a branch that was deleted}
     *
     * @throws Rejected when it is not as the forge's documentation describes it
     */
    public Optional<Push> push() throws Rejected {
        return forge.isPush(event) ? PushPayload.read(body) : Optional.empty();
    }

    private byte[] hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256, which every Java has, cannot be had", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
