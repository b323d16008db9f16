package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/** Says in plain words why a git server did not give what was asked of it. */
final class GitTrouble {
    /** HTTP's status for what a login may not read; as a number of its own, as paths have digits too. */
    private static final Pattern FORBIDDEN = Pattern.compile("\\b403\\b");

    private final GitAddress address;
    private final GitLogin login;

    GitTrouble(GitAddress address, GitLogin login) {
        this.address = address;
        this.login = login;
    }

    /** {@return the problem, without any password; the cause is kept as a suppressed exception} */
    ProblemException explain(Exception trouble) {
        ProblemException problem = problem(trouble);
        problem.initCause(trouble);
        return problem;
    }

    private ProblemException problem(Exception trouble) {
        List<Throwable> chain = chain(trouble);
        String said = said(chain);
        String lower = said.toLowerCase(Locale.ROOT);
        String where = "the git repository " + address.shown();
        if (!login.refusedQuestion().isEmpty() || lower.contains("server key") || lower.contains("host key")) {
            return hostKey(where, said);
        }
        if (chain.stream().anyMatch(NoRemoteRepositoryException.class::isInstance)) {
            return new ProblemException(
                    "source.unreachable",
                    "There is no git repository at " + address.shown() + ".",
                    "Check the address; a private repository also needs [source] credentials.");
        }
        if (lower.contains("not authorized")
                || lower.contains("cannot log in")
                || lower.contains("auth fail")
                || lower.contains("authentication")
                || lower.contains("not permitted")
                || FORBIDDEN.matcher(lower).find()) {
            return new ProblemException(
                    "source.unauthorized",
                    "The server refused the login for " + where + ": " + said + ".",
                    "Check the credential that [source] credentials names, and that it may read this repository.");
        }
        return new ProblemException(
                "source.unreachable",
                "Cannot read " + where + ": " + reason(chain, said) + ".",
                "Check the address, and the network from this machine.");
    }

    private ProblemException hostKey(String where, String said) {
        String asked = login.refusedQuestion().isEmpty() ? said : login.refusedQuestion();
        return new ProblemException(
                "source.unreachable",
                "The host key of " + where + " is not one that is trusted: "
                        + asked.replaceAll("\\s*\\R\\s*", " ").strip(),
                "Compare the fingerprint with the server's, then add the key to known_hosts.");
    }

    private static String reason(List<Throwable> chain, String said) {
        for (Throwable cause : chain) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "the host's name has no address";
            }
            if (cause instanceof SocketTimeoutException) {
                return "the server did not answer in time";
            }
            if (cause instanceof ConnectException) {
                return "nobody accepts the connection";
            }
        }
        return said;
    }

    private String said(List<Throwable> chain) {
        String message = chain.get(0).getMessage();
        String last = chain.get(chain.size() - 1).getMessage();
        String both = message == null
                ? String.valueOf(last)
                : last == null || message.contains(last) ? message : message + ": " + last;
        String text =
                address.mask(both).replace(address.uri().toString() + ": ", "").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static List<Throwable> chain(Throwable first) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = first; t != null && !chain.contains(t); t = t.getCause()) {
            chain.add(t);
        }
        return chain;
    }
}
