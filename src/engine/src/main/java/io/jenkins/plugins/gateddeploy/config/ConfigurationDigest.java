package io.jenkins.plugins.gateddeploy.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes the digest of a configuration. */
final class ConfigurationDigest {
    private ConfigurationDigest() {}

    static String of(Configuration configuration) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] json = CanonicalJson.write(configuration).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha256.digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
