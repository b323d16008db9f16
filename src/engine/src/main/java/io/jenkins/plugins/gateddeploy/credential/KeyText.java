package io.jenkins.plugins.gateddeploy.credential;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Tells what a key file holds from its outside, without decrypting anything. */
final class KeyText {
    /** PROTOCOL.key of OpenSSH: the magic, then the name of the cipher as a string with its length before it. */
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

    private static final String OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";

    private KeyText() {}

    /** What a file holds. */
    enum Kind {
        PLAIN,
        ENCRYPTED,
        PUBLIC,
        PUTTY,
        UNKNOWN;

        boolean isPrivate() {
            return this == PLAIN || this == ENCRYPTED;
        }
    }

    static Kind kind(String text) {
        int openssh = text.indexOf(OPENSSH);
        if (openssh >= 0) {
            return opensshKind(text.substring(openssh + OPENSSH.length()));
        }
        // RFC 7468, section 11, and the older headers of RFC 1421, section 4.6.1.1.
        if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || text.contains("Proc-Type: 4,ENCRYPTED")) {
            return Kind.ENCRYPTED;
        }
        if (text.contains("PRIVATE KEY-----")) {
            return Kind.PLAIN;
        }
        if (text.startsWith("PuTTY-User-Key-File-")) {
            return Kind.PUTTY;
        }
        boolean isPublic = text.startsWith("ssh-")
                || text.startsWith("ecdsa-")
                || text.startsWith("sk-")
                || text.contains("PUBLIC KEY-----");
        return isPublic ? Kind.PUBLIC : Kind.UNKNOWN;
    }

    private static Kind opensshKind(String afterBegin) {
        int end = afterBegin.indexOf("-----END");
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(end < 0 ? afterBegin : afterBegin.substring(0, end));
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            byte[] magic = new byte[MAGIC.length];
            buffer.get(magic);
            int length = buffer.getInt();
            if (!Arrays.equals(magic, MAGIC) || length < 0 || length > buffer.remaining()) {
                return Kind.UNKNOWN;
            }
            byte[] cipher = new byte[length];
            buffer.get(cipher);
            return new String(cipher, StandardCharsets.US_ASCII).equals("none") ? Kind.PLAIN : Kind.ENCRYPTED;
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Kind.UNKNOWN;
        }
    }
}
