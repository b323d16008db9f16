package io.jenkins.plugins.gateddeploy.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.OptionalFeature;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;

/** What is offered to a server, the quickest first among what is safe today. SHA-1 and CBC are not. */
final class Algorithms {
    private Algorithms() {}

    static List<KeyExchangeFactory> keyExchange() {
        return NamedFactory.setUpTransformedFactories(
                true,
                List.of(
                        BuiltinDHFactories.curve25519,
                        BuiltinDHFactories.curve25519_libssh,
                        BuiltinDHFactories.ecdhp256,
                        BuiltinDHFactories.ecdhp384,
                        BuiltinDHFactories.ecdhp521,
                        BuiltinDHFactories.dhg16_512,
                        BuiltinDHFactories.dhg14_256,
                        BuiltinDHFactories.dhgex256),
                ClientBuilder.DH2KEX);
    }

    static List<NamedFactory<Cipher>> ciphers() {
        return supported(List.of(
                BuiltinCiphers.aes128gcm,
                BuiltinCiphers.aes256gcm,
                BuiltinCiphers.aes128ctr,
                BuiltinCiphers.aes256ctr,
                BuiltinCiphers.aes192ctr,
                BuiltinCiphers.cc20p1305_openssh));
    }

    static List<NamedFactory<Mac>> macs() {
        return supported(List.of(
                BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256, BuiltinMacs.hmacsha512));
    }

    /** {@return how a user's key may sign} */
    static List<NamedFactory<Signature>> userSignatures() {
        return supported(List.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256));
    }

    /**
     * {@return how a server may prove its key: by the types known for it first, so that it shows a key that can be
     * compared}
     *
     * @param knownTypes key types as in known_hosts; {@code ssh-rsa} stands for a key, not for SHA-1
     * @param certificates whether a certificate authority is known for it
     */
    static List<NamedFactory<Signature>> hostSignatures(Set<String> knownTypes, boolean certificates) {
        List<BuiltinSignatures> order = new ArrayList<>();
        if (certificates) {
            order.addAll(List.of(
                    BuiltinSignatures.ed25519_cert,
                    BuiltinSignatures.nistp256_cert,
                    BuiltinSignatures.nistp384_cert,
                    BuiltinSignatures.nistp521_cert,
                    BuiltinSignatures.rsaSHA512_cert,
                    BuiltinSignatures.rsaSHA256_cert));
        }
        List<NamedFactory<Signature>> plain = userSignatures();
        List<NamedFactory<Signature>> all = new ArrayList<>(supported(order));
        plain.stream().filter(one -> knownTypes.contains(keyType(one))).forEach(all::add);
        plain.stream().filter(one -> !knownTypes.contains(keyType(one))).forEach(all::add);
        return all;
    }

    private static <T> List<NamedFactory<T>> supported(List<? extends NamedFactory<T>> wanted) {
        List<NamedFactory<T>> found = new ArrayList<>();
        for (NamedFactory<T> one : wanted) {
            // Depends on the JVM and its providers.
            if (!(one instanceof OptionalFeature optional) || optional.isSupported()) {
                found.add(one);
            }
        }
        return found;
    }

    private static String keyType(NamedResource signature) {
        return signature.getName().startsWith("rsa-sha2-") ? "ssh-rsa" : signature.getName();
    }
}
