package io.jenkins.plugins.gateddeploy.cli.host;

import io.jenkins.plugins.gateddeploy.config.MailSettings;
import io.jenkins.plugins.gateddeploy.config.NotifyFile;
import io.jenkins.plugins.gateddeploy.config.SecretPlace;
import io.jenkins.plugins.gateddeploy.config.WebhookSettings;
import io.jenkins.plugins.gateddeploy.credential.CredentialException;
import io.jenkins.plugins.gateddeploy.credential.Credentials;
import io.jenkins.plugins.gateddeploy.credential.Secret;
import io.jenkins.plugins.gateddeploy.gate.Gate;
import io.jenkins.plugins.gateddeploy.history.History;
import io.jenkins.plugins.gateddeploy.notice.Channel;
import io.jenkins.plugins.gateddeploy.notice.Directions;
import io.jenkins.plugins.gateddeploy.notice.JsonTemplate;
import io.jenkins.plugins.gateddeploy.notice.Mail;
import io.jenkins.plugins.gateddeploy.notice.MailAccount;
import io.jenkins.plugins.gateddeploy.notice.Notice;
import io.jenkins.plugins.gateddeploy.notice.SmtpServer;
import io.jenkins.plugins.gateddeploy.notice.Teller;
import io.jenkins.plugins.gateddeploy.notice.Webhook;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** How a home tells people what happens: as its notify.toml says. */
final class Telling {
    private final Path file;
    private final Credentials credentials;
    private final Map<String, String> environment;
    private final Consumer<String> log;

    /**
     * @param file notify.toml; need not be there
     * @param log takes a sentence when people could not be told
     */
    Telling(Path file, Credentials credentials, Map<String, String> environment, Consumer<String> log) {
        this.file = file;
        this.credentials = credentials;
        this.environment = environment;
        this.log = log;
    }

    /**
     * {@return who tells; not begun yet}
     *
     * @throws ProblemException with all that is wrong in notify.toml; {@code notice.secret}, {@code notice.template}
     */
    Teller teller(History history) throws ProblemException {
        NotifyFile settings = Files.exists(file) ? NotifyFile.read(file) : NotifyFile.nothing();
        List<Channel> channels = new ArrayList<>();
        if (settings.mail().isPresent()) {
            channels.add(new Mail(account(settings.mail().get()), log));
        }
        if (settings.webhook().isPresent()) {
            channels.add(webhook(settings.webhook().get()));
        }
        return new Teller(history.outbox(), channels, new Commands(), Clock.systemUTC(), log);
    }

    private MailAccount account(MailSettings settings) throws ProblemException {
        Optional<Secret> password = settings.password().isPresent()
                ? Optional.of(now(settings.password().get()))
                : Optional.empty();
        return new Account(settings, SmtpServer.session(settings, password));
    }

    private Webhook webhook(WebhookSettings settings) throws ProblemException {
        Secret url = now(settings.url());
        Optional<Secret> key = settings.secret().isPresent()
                ? Optional.of(now(settings.secret().get()))
                : Optional.empty();
        return new Webhook(new Hook(url, key), template(settings), HttpClient.newBuilder());
    }

    private JsonTemplate template(WebhookSettings settings) throws ProblemException {
        if (settings.template().isEmpty()) {
            return JsonTemplate.of("of the webhook", JsonTemplate.USUAL);
        }
        Path template =
                file.toAbsolutePath().resolveSibling(settings.template().get()).normalize();
        try {
            return JsonTemplate.of(template.toString(), Files.readString(template));
        } catch (IOException e) {
            throw new ProblemException(
                    "notice.template",
                    "The template " + template + " that " + file + " names cannot be read: " + e + ".",
                    "Its name counts from the directory of notify.toml.");
        }
    }

    private Secret now(SecretPlace place) throws ProblemException {
        try {
            return secret(place);
        } catch (CredentialException e) {
            throw new ProblemException("notice.secret", file + ": " + e.getMessage(), "");
        }
    }

    private Secret secret(SecretPlace place) throws CredentialException {
        if (place instanceof SecretPlace.Credential credential) {
            return credentials.secret(credential.id());
        }
        String name = ((SecretPlace.Variable) place).name();
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new CredentialException(
                    "The environment variable " + name + " is " + (value == null ? "not set" : "empty") + ".");
        }
        return Secret.of(value);
    }

    private record Account(MailSettings settings, Session session) implements MailAccount {
        @Override
        public String from() {
            return settings.from();
        }

        @Override
        public List<String> recipients(Notice notice) {
            Set<String> readers = new LinkedHashSet<>(settings.to());
            settings.people().forEach((person, address) -> {
                if (notice.about().people().contains(person)) {
                    readers.add(address);
                }
            });
            return List.copyOf(readers);
        }
    }

    private record Hook(Secret url, Optional<Secret> signingKey) implements Webhook.Address {}

    /** A home has no address that others could open. */
    private record Commands() implements Directions {
        @Override
        public Optional<URI> link(Gate gate) {
            return Optional.empty();
        }

        @Override
        public String otherwise(Gate gate) {
            return "Look and decide in the console of the home that asks: gated-deploy serve. The gate is " + gate.id()
                    + ".";
        }
    }
}
