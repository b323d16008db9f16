package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a git repository is, and how to speak of it without the password that its URL may hold.
 *
 * @param uri with the password
 */
record GitAddress(URIish uri) {
    private static final Set<String> SCHEMES = Set.of("http", "https", "ssh", "file", "git");

    /**
     * {@return the address that a person wrote}
     *
     * @param repository a URL, {@code user@host:path}, or a path
     * @throws ProblemException when it is none of these
     */
    static GitAddress of(String repository) throws ProblemException {
        try {
            GitAddress address = new GitAddress(parse(repository));
            String scheme = address.uri.getScheme();
            if (scheme == null || SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
                return address;
            }
        } catch (URISyntaxException | InvalidPathException e) {
            // Its message would show the password.
        }
        throw new ProblemException(
                "source.unreachable",
                "The address of the git repository is none that git knows: " + masked(repository) + ".",
                "Write an https, ssh or file URL, user@host:path, or a path.");
    }

    private static URIish parse(String repository) throws URISyntaxException {
        int colon = repository.indexOf(':');
        int slash = repository.indexOf('/');
        boolean isRemote = repository.contains("://") || (colon > 0 && (slash < 0 || colon < slash));
        if (isRemote && (repository.contains("://") || !Files.isDirectory(Path.of(repository)))) {
            return new URIish(repository);
        }
        if (repository.isBlank()) {
            throw new URISyntaxException(repository, "empty");
        }
        // A path's URI has a slash at its end while the folder exists; the same repository must keep one name.
        String url = Path.of(repository).toAbsolutePath().normalize().toUri().toString();
        return new URIish(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    boolean isSsh() {
        return "ssh".equals(uri.getScheme()) || (uri.getScheme() == null && uri.getHost() != null);
    }

    boolean isFile() {
        return "file".equals(uri.getScheme());
    }

    /** {@return the address as messages may show it} */
    String shown() {
        return isFile() ? uri.getPath() : masked(uri.toPrivateString());
    }

    /** {@return a text with every appearance of the URL's password replaced} */
    String mask(String text) {
        String pass = uri.getPass();
        return masked(pass == null || pass.isEmpty() ? text : text.replace(pass, "****"));
    }

    /** {@return a name for a folder that belongs to this repository, read as this user: 40 hex digits} */
    String digest(String user) {
        try {
            String plain = uri.setPass(null) + "\n" + user;
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return shown();
    }

    /** In http URLs the user alone is often a token. */
    private static String masked(String text) {
        return text.replaceAll("(?i)(https?://)[^/@\\s]+@", "$1****@")
                .replaceAll("(://[^/@:\\s]*):[^/@\\s]*@", "$1:****@");
    }
}
