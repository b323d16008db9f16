package io.jenkins.plugins.gateddeploy.source;

import io.jenkins.plugins.gateddeploy.credential.GitCredential;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import java.util.Optional;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/** Answers what a git server asks, from one credential and never from a person. Says no to every question. */
final class GitLogin extends CredentialsProvider {
    private final String user;
    private final Secret password;
    private String refusedQuestion = "";

    private GitLogin(String user, Secret password) {
        this.user = user;
        this.password = password;
    }

    /** {@return the answers for a repository} */
    static GitLogin of(GitAddress address, Optional<GitCredential> credential) {
        GitCredential given = credential.orElse(null);
        if (given instanceof GitCredential.UserPassword login) {
            return new GitLogin(login.user(), login.password());
        }
        if (given instanceof GitCredential.Ssh ssh) {
            return new GitLogin(sshUser(address, ssh), ssh.credential().password());
        }
        URIish uri = address.uri();
        boolean inUrl = uri.getUser() != null && (uri.getPass() != null || !address.isSsh());
        return inUrl
                ? new GitLogin(
                        uri.getUser(),
                        Secret.of(Optional.ofNullable(uri.getPass()).orElse("")))
                : new GitLogin(null, null);
    }

    /** {@return the user to log in as over ssh: the URL's, the credential's, or {@code git}} */
    static String sshUser(GitAddress address, GitCredential.Ssh ssh) {
        return Optional.ofNullable(address.uri().getUser())
                .or(() -> ssh.credential().defaultUser())
                .orElse("git");
    }

    /** {@return the last thing a server's key made JGit ask a person; empty when there was none} */
    String refusedQuestion() {
        return refusedQuestion;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (CredentialItem item : items) {
            boolean isLogin = item instanceof CredentialItem.Username
                    || item instanceof CredentialItem.Password
                    || item instanceof CredentialItem.StringType;
            if (isLogin && (user == null || password == null)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        for (CredentialItem item : items) {
            if (item instanceof CredentialItem.Username name && user != null) {
                name.setValue(user);
            } else if (item instanceof CredentialItem.Password secret && password != null) {
                secret.setValue(password.reveal().toCharArray());
            } else if (item instanceof CredentialItem.InformationalMessage message) {
                refusedQuestion = message.getPromptText();
            } else {
                return false;
            }
        }
        return true;
    }
}
