package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A notify.toml: how this host tells people what happens. It is the host's own and lies in no repository, so that no
 * commit can have a host send something somewhere. The format is described in {@code docs/notices.md}.
 *
 * @param mail by e-mail; empty for not
 * @param webhook by an HTTP POST; empty for not
 */
public record NotifyFile(Optional<MailSettings> mail, Optional<WebhookSettings> webhook) {
    /** As much as is sure: what else an address may be is for the mail server to say (RFC 5321, section 4.1.2). */
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\",;:]+@[^\\s@<>\",;:]+");

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

    private static final String SECRET = "{ env = \"NAME_OF_A_VARIABLE\" } or { secret = \"id of a credential\" }";
    private static final Key<String> ENV = Key.optional("env", Scalars.VARIABLE_NAME);
    private static final Key<String> CREDENTIAL = Key.optional("secret", Scalars.CREDENTIAL);
    private static final Shape<SecretPlace> PLACE = Section.of(SECRET, List.of(ENV, CREDENTIAL), NotifyFile::place)
            .with(new Alternatives(Map.of(ENV.name(), Set.of(), CREDENTIAL.name(), Set.of())));

    private static final Shape<String> MAILBOX = new Text<>("an e-mail address", text -> {
        if (!ADDRESS.matcher(text).matches()) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        return text;
    });

    private static final Key<String> HOST = Key.required("host", Scalars.line("the name of a mail server"));
    private static final Key<Integer> PORT = Key.optional("port", Scalars.integer(1, 65535));
    private static final Key<MailSettings.Tls> TLS =
            Key.withDefault("tls", Scalars.choice(MailSettings.Tls.class), MailSettings.Tls.STARTTLS);
    private static final Key<String> FROM = Key.required("from", MAILBOX);
    private static final Key<List<String>> TO =
            Key.withDefault("to", ListOf.some("a list of e-mail addresses", MAILBOX), List.of());
    private static final Key<Map<String, String>> PEOPLE = Key.withDefault(
            "people",
            new MapOf<>("a table of e-mail addresses by user id", Scalars.line("a user's id"), MAILBOX),
            Map.of());
    private static final Key<String> USER = Key.optional("user", Scalars.line("a user of the mail server"));
    private static final Key<SecretPlace> PASSWORD = Key.optional("password", PLACE);

    private static final Section<MailSettings> MAIL = Section.of(
                    "a table that says by which server and to whom",
                    List.of(HOST, PORT, TLS, FROM, TO, PEOPLE, USER, PASSWORD),
                    NotifyFile::mail)
            .with(NotifyFile::checkReaders)
            .with(NotifyFile::checkLogin);

    private static final Key<SecretPlace> URL = Key.required("url", PLACE);
    private static final Key<String> TEMPLATE = Key.optional("template", Scalars.line("the name of a file"));
    private static final Key<SecretPlace> KEY = Key.optional("secret", PLACE);

    private static final Section<WebhookSettings> WEBHOOK = Section.of(
            "a table that says where to",
            List.of(URL, TEMPLATE, KEY),
            v -> new WebhookSettings(v.get(URL), v.find(TEMPLATE), v.find(KEY)));

    private static final Key<MailSettings> MAIL_KEY = Key.optional("mail", MAIL);
    private static final Key<WebhookSettings> WEBHOOK_KEY = Key.optional("webhook", WEBHOOK);
    private static final Section<NotifyFile> FILE = Section.of(
            "a notify.toml",
            List.of(MAIL_KEY, WEBHOOK_KEY),
            v -> new NotifyFile(v.find(MAIL_KEY), v.find(WEBHOOK_KEY)));

    public NotifyFile {
        Objects.requireNonNull(mail, "mail");
        Objects.requireNonNull(webhook, "webhook");
    }

    /** {@return what tells nobody} */
    public static NotifyFile nothing() {
        return new NotifyFile(Optional.empty(), Optional.empty());
    }

    /**
     * Reads the text of a notify.toml.
     *
     * @param fileName as messages should name it
     * @throws ProblemException with all that is wrong, as {@link DeployFile#parse}
     */
    public static NotifyFile parse(String fileName, String text) throws ProblemException {
        Findings findings = new Findings();
        Optional<Node.Table> document = Document.parse(fileName, text, findings);
        findings.throwAny();
        Optional<NotifyFile> file = FILE.read(document.orElseThrow(), findings);
        findings.throwAny();
        return file.orElseThrow();
    }

    /**
     * Reads a notify.toml.
     *
     * @throws ProblemException as {@link DeployFile#read}
     */
    public static NotifyFile read(Path file) throws ProblemException {
        return parse(file.toString(), DeployFile.text(file));
    }

    private static SecretPlace place(Values values) {
        Optional<String> variable = values.find(ENV);
        return variable.isPresent()
                ? new SecretPlace.Variable(variable.get())
                : new SecretPlace.Credential(values.get(CREDENTIAL));
    }

    private static MailSettings mail(Values values) {
        MailSettings.Tls tls = values.get(TLS);
        int usual = switch (tls) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
        return new MailSettings(
                values.get(HOST),
                values.find(PORT).orElse(usual),
                tls,
                values.get(FROM),
                values.get(TO),
                values.get(PEOPLE),
                values.find(USER),
                values.find(PASSWORD));
    }

    private static void checkReaders(Values values, Node.Table table, Findings findings) {
        if (values.written(TO).isEmpty() && values.written(PEOPLE).isEmpty()) {
            findings.missing(table.place(), TO.name(), "the addresses of those who read it, or people = { alice = … }");
        }
    }

    private static void checkLogin(Values values, Node.Table table, Findings findings) {
        boolean user = values.written(USER).isPresent();
        boolean password = values.written(PASSWORD).isPresent();
        if (user != password) {
            Key<?> missing = user ? PASSWORD : USER;
            findings.missing(table.place(), missing.name(), missing.shape().expected());
        }
        boolean plain = values.find(TLS).filter(MailSettings.Tls.NONE::equals).isPresent();
        if (plain
                && user
                && values.find(HOST).filter(host -> !HERE.contains(host)).isPresent()) {
            findings.value(
                    values.written(TLS).orElse(table),
                    "\"starttls\" or \"tls\" where a password is sent",
                    "is \"none\": everybody on the way could read it");
        }
    }
}
