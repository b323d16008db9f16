package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The lines of known_hosts files, matched as OpenSSH does. MINA has a reader too; it misses that a pattern is compared
 * with {@code [host]:port} as a whole and then with the bare host.
 *
 * @see <a href="https://man.openbsd.org/sshd.8#SSH_KNOWN_HOSTS_FILE_FORMAT">sshd(8), SSH_KNOWN_HOSTS FILE FORMAT</a>
 */
record KnownHosts(List<Line> lines) {

    /** What a line says of its key. */
    enum Meaning {
        /** The host has it. */
        KEY,
        /** It signs the certificates of the hosts. */
        AUTHORITY,
        /** No host must be believed for having it. */
        REVOKED
    }

    /**
     * One line.
     *
     * @param number counted from 1
     * @param hosts the patterns or the hash
     * @param key type and base64, with one space between
     */
    record Line(Path file, int number, Meaning meaning, String hosts, String key) {

        String type() {
            return key.substring(0, key.indexOf(' '));
        }

        boolean names(String host) {
            return hosts.startsWith("|") ? isHashOf(host) : patternsMatch(host);
        }

        private boolean patternsMatch(String host) {
            boolean matches = false;
            for (String pattern : hosts.toLowerCase(Locale.ROOT).split(",", -1)) {
                if (pattern.startsWith("!") && glob(pattern.substring(1), host)) {
                    return false;
                }
                matches |= glob(pattern, host);
            }
            return matches;
        }

        private static boolean glob(String pattern, String host) {
            // Most are names, and there may be thousands of lines.
            if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
                return pattern.equals(host);
            }
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
            }
            return Pattern.matches(regex.toString(), host);
        }

        private boolean isHashOf(String host) {
            // |1|base64 of the salt|base64 of HMAC-SHA1(salt, host)
            String[] parts = hosts.split("\\|", -1);
            if (parts.length != 4 || !parts[1].equals("1")) {
                return false;
            }
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
                byte[] actual = mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
                return MessageDigest.isEqual(actual, Base64.getDecoder().decode(parts[3]));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return false;
            }
        }
    }

    /**
     * {@return all lines of all files that have the format; others are passed over, as OpenSSH does}
     *
     * @throws IOException when a file is there but cannot be read
     */
    static KnownHosts read(List<Path> files) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                lines.addAll(read(file));
            }
        }
        return new KnownHosts(List.copyOf(lines));
    }

    private static List<Line> read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        String[] texts = text(file).split("\r?\n", -1);
        for (int i = 0; i < texts.length; i++) {
            Line line = parse(file, i + 1, texts[i].strip());
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String text(Path file) throws IOException {
        try {
            // Whatever bytes a comment holds must not make the file unreadable.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** {@return the lines for the target at its very port} */
    List<Line> forPort(Target target) {
        return naming(name(target));
    }

    /** {@return the lines for the target, also those for its host without a port, which OpenSSH believes as well} */
    List<Line> forHost(Target target) {
        List<Line> found = new ArrayList<>(forPort(target));
        if (target.port() != 22) {
            naming(target.host().toLowerCase(Locale.ROOT)).stream()
                    .filter(line -> !found.contains(line))
                    .forEach(found::add);
        }
        return found;
    }

    /** {@return the types of the keys known for the target} */
    Set<String> typesFor(Target target) {
        Set<String> types = new TreeSet<>();
        forHost(target).stream().filter(line -> line.meaning() == Meaning.KEY).forEach(line -> types.add(line.type()));
        return types;
    }

    /** {@return how known_hosts calls the target} */
    static String name(Target target) {
        String host = target.host().toLowerCase(Locale.ROOT);
        return target.port() == 22 ? host : "[" + host + "]:" + target.port();
    }

    private List<Line> naming(String host) {
        return lines.stream().filter(line -> line.names(host)).toList();
    }

    private static Line parse(Path file, int number, String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        List<String> words = new ArrayList<>(List.of(text.split("[ \t]+", -1)));
        Meaning meaning = Meaning.KEY;
        if (words.get(0).startsWith("@")) {
            switch (words.remove(0)) {
                case "@cert-authority" -> meaning = Meaning.AUTHORITY;
                case "@revoked" -> meaning = Meaning.REVOKED;
                default -> {
                    return null;
                }
            }
        }
        if (words.size() < 3) {
            return null;
        }
        return new Line(file, number, meaning, words.get(0), words.get(1) + " " + words.get(2));
    }
}
