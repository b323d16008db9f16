package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.ssh.KnownHosts.Line;
import io.jenkins.plugins.gateddeploy.ssh.KnownHosts.Meaning;
import io.jenkins.plugins.gateddeploy.target.Outcome.Reason;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.signature.Signature;

/**
 * Decides whether a server is the one it should be; asked at the first key exchange of a connection and at every later
 * one. The files are read anew each time, so that a line added takes effect at the next attempt.
 */
final class HostKeyCheck implements ServerKeyVerifier {
    private final HostKeys hostKeys;

    HostKeyCheck(HostKeys hostKeys) {
        this.hostKeys = hostKeys;
    }

    /** {@return how the server of a connection may prove its key, what can be verified first} */
    List<NamedFactory<Signature>> signatures(Peer peer) {
        Target target = peer.target();
        if (!target.hostKeys().isEmpty()) {
            return Algorithms.hostSignatures(pinnedTypes(target), false);
        }
        try {
            KnownHosts known = KnownHosts.read(hostKeys.files());
            boolean authority = known.forHost(target).stream().anyMatch(line -> line.meaning() == Meaning.AUTHORITY);
            // A certificate names the host, and through a jump host the library takes the local end for that.
            return Algorithms.hostSignatures(known.typesFor(target), authority && !peer.throughJump());
        } catch (IOException e) {
            // The check itself fails for the same reason and says so.
            return Algorithms.userSignatures();
        }
    }

    @Override
    public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
        Peer peer = Peer.of(session);
        try {
            verify(peer, key);
            return true;
        } catch (Unreachable e) {
            peer.refuse(e);
            return false;
        }
    }

    private void verify(Peer peer, PublicKey key) throws Unreachable {
        Target target = peer.target();
        KnownHosts known = read(target);
        Presented presented = Presented.of(key);
        refuseRevoked(target, known, presented);
        if (!target.hostKeys().isEmpty()) {
            verifyPinned(target, presented);
        } else if (presented.authority() != null) {
            verifyAuthority(target, known, presented);
        } else if (!isKnown(target, known, presented)) {
            if (!hostKeys.trustOnFirstUse() || !named(target, known).isEmpty()) {
                throw unknown(peer, known, presented);
            }
            learn(peer, presented);
        }
    }

    private void learn(Peer peer, Presented presented) throws Unreachable {
        Target target = peer.target();
        try {
            FirstUse.append(hostKeys.files().get(0), presented.lineFor(target), () -> {
                // Somebody else may have met the server in the meantime, and seen another key.
                KnownHosts now = KnownHosts.read(hostKeys.files());
                return named(target, now).isEmpty();
            });
        } catch (IOException e) {
            throw new Unreachable(
                    Reason.HOST_KEY,
                    "The host key of " + target.name() + " could not be written into "
                            + hostKeys.files().get(0) + ": " + e + ".",
                    "Make the file writable, or add this line by hand: " + presented.lineFor(target),
                    e);
        }
        KnownHosts now = read(target);
        if (!isKnown(target, now, presented)) {
            throw unknown(peer, now, presented);
        }
    }

    private KnownHosts read(Target target) throws Unreachable {
        try {
            return KnownHosts.read(hostKeys.files());
        } catch (IOException e) {
            throw new Unreachable(
                    Reason.HOST_KEY,
                    "The host key of " + target.name() + " cannot be verified: a known_hosts file cannot be read ("
                            + e.getMessage() + ").",
                    "Make it readable for the user who deploys.",
                    e);
        }
    }

    private static List<Line> named(Target target, KnownHosts known) {
        return known.forPort(target).stream()
                .filter(line -> line.meaning() == Meaning.KEY)
                .toList();
    }

    private static boolean isKnown(Target target, KnownHosts known, Presented presented) {
        return known.forHost(target).stream()
                .anyMatch(line -> line.meaning() == Meaning.KEY && line.key().equals(presented.key()));
    }

    private static void refuseRevoked(Target target, KnownHosts known, Presented presented) throws Unreachable {
        for (Line line : known.forHost(target)) {
            boolean itsKey = line.key().equals(presented.key()) || line.key().equals(presented.authority());
            if (line.meaning() == Meaning.REVOKED && itsKey) {
                throw new Unreachable(
                        Reason.HOST_KEY,
                        target.name() + " presented the key " + presented.describe() + ", which " + at(line)
                                + " has revoked.",
                        "Whoever answers there may not be the server. Give the server a new host key.");
            }
        }
    }

    private static void verifyPinned(Target target, Presented presented) throws Unreachable {
        boolean pinned =
                target.hostKeys().stream().anyMatch(pin -> Presented.bare(pin).equals(presented.key()));
        if (!pinned) {
            throw new Unreachable(
                    Reason.HOST_KEY,
                    target.name() + " presented the host key " + presented.describe()
                            + ", which is none of those pinned for it in deploy.toml.",
                    "If that fingerprint is the server's, pin this key: " + presented.key());
        }
    }

    private static void verifyAuthority(Target target, KnownHosts known, Presented presented) throws Unreachable {
        boolean trusted = known.forHost(target).stream()
                .anyMatch(line ->
                        line.meaning() == Meaning.AUTHORITY && line.key().equals(presented.authority()));
        if (!trusted) {
            throw new Unreachable(
                    Reason.HOST_KEY,
                    target.name() + " presented a certificate for the host key " + presented.describe()
                            + " that was signed by an authority which no @cert-authority line names for it.",
                    "If the authority is yours, add this line: @cert-authority " + KnownHosts.name(target) + " "
                            + presented.authority());
        }
    }

    private Unreachable unknown(Peer peer, KnownHosts known, Presented presented) {
        Target target = peer.target();
        String files = hostKeys.files().isEmpty()
                ? "no known_hosts file"
                : hostKeys.files().stream().map(Object::toString).collect(Collectors.joining(", "));
        List<Line> named = named(target, known);
        if (named.isEmpty()) {
            boolean authority = known.forHost(target).stream().anyMatch(line -> line.meaning() == Meaning.AUTHORITY);
            String certificate = !authority
                    ? ""
                    : peer.throughJump()
                            ? " Certificates are not verified through a jump host."
                            : " It showed no certificate that a known authority signed for this name and time.";
            return new Unreachable(
                    Reason.HOST_KEY,
                    "The host key of " + target.name() + " is not known: it presented " + presented.describe()
                            + ", and none of " + files + " has a line for " + KnownHosts.name(target) + "."
                            + certificate,
                    "If that fingerprint is the server's, add this line"
                            + (hostKeys.files().isEmpty()
                                    ? ""
                                    : " to " + hostKeys.files().get(0)) + ": "
                            + presented.lineFor(target));
        }
        String expected = named.stream()
                .map(line -> Presented.describe(line.key()) + " (" + at(line) + ")")
                .collect(Collectors.joining(" or "));
        return new Unreachable(
                Reason.HOST_KEY,
                "The host key of " + target.name() + " has changed: expected " + expected + ", but it presented "
                        + presented.describe() + ".",
                "Somebody may be in between. If the server has a new key, replace " + at(named.get(0)) + " by: "
                        + presented.lineFor(target));
    }

    private static Set<String> pinnedTypes(Target target) {
        Set<String> types = new HashSet<>();
        target.hostKeys().forEach(pin -> types.add(pin.strip().split("[ \t]+", 2)[0]));
        return types;
    }

    private static String at(Line line) {
        return "line " + line.number() + " of " + line.file();
    }

    /**
     * What a server presented.
     *
     * @param key type and base64 of its own key
     * @param authority the same of the key that signed its certificate; null when it has none
     */
    private record Presented(String key, String authority) {

        static Presented of(PublicKey key) {
            return key instanceof OpenSshCertificate certificate
                    ? new Presented(
                            PublicKeyEntry.toString(certificate.getCertPubKey()),
                            PublicKeyEntry.toString(certificate.getCaPubKey()))
                    : new Presented(PublicKeyEntry.toString(key), null);
        }

        /** {@return type and base64 of a key's line, without a comment} */
        static String bare(String line) {
            String[] words = line.strip().split("[ \t]+", -1);
            return words.length < 2 ? line : words[0] + " " + words[1];
        }

        String describe() {
            return describe(key);
        }

        /** {@return type and fingerprint as ssh-keygen -l prints them} */
        static String describe(String key) {
            String[] words = key.split(" ", -1);
            try {
                PublicKey decoded = PublicKeyEntry.parsePublicKeyEntry(key).resolvePublicKey(null, null, null);
                return words[0] + " " + KeyUtils.getFingerPrint(decoded);
            } catch (Exception e) {
                return words[0];
            }
        }

        String lineFor(Target target) {
            return KnownHosts.name(target) + " " + key;
        }
    }
}
