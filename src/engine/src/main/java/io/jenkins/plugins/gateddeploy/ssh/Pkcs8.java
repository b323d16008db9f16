package io.jenkins.plugins.gateddeploy.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Encrypted PKCS#8, as {@code ssh-keygen -m PKCS8} and OpenSSL write it (RFC 5958 in the armour of RFC 7468). The JDK
 * can decrypt it; MINA asks Bouncy Castle for that alone.
 */
final class Pkcs8 {
    private static final String BEGIN = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
    private static final String END = "-----END ENCRYPTED PRIVATE KEY-----";

    private Pkcs8() {}

    /** {@return whether the text is such a key} */
    static boolean isEncrypted(String text) {
        return text.contains(BEGIN) && text.contains(END);
    }

    /**
     * {@return the same key, not encrypted}
     *
     * @throws GeneralSecurityException when the passphrase is wrong, among others
     */
    static String decrypt(String text, String passphrase) throws IOException, GeneralSecurityException {
        String base64 = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
        EncryptedPrivateKeyInfo info =
                new EncryptedPrivateKeyInfo(Base64.getMimeDecoder().decode(base64));
        AlgorithmParameters parameters = info.getAlgParameters();
        // The two parts of PBES2 have a name together (PBEWithHmacSHA256AndAES_128), which the parameters alone tell.
        String algorithm = parameters == null ? info.getAlgName() : parameters.toString();
        PBEKeySpec password = new PBEKeySpec(passphrase.toCharArray());
        try {
            SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(password);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, key, parameters);
            byte[] plain = info.getKeySpec(cipher).getEncoded();
            String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(plain);
            return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
        } finally {
            password.clearPassword();
        }
    }
}
