package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.Health.Check;
import io.jenkins.plugins.gateddeploy.config.Health.From;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code [health]}: how to tell that a release works. */
final class HealthSection {
    /** Longer ones are no expressions for a health page, and a very deep one would exhaust the stack. */
    private static final int LONGEST_PATTERN = 500;

    private static final Shape<Integer> STATUS_CODE = Scalars.integer(100, 599);

    private static final Key<String> HTTP = Key.optional(
            "http", new Text<>("an http or https URL such as \"http://{target}:8080/health\"", HealthSection::url));
    private static final Key<List<Integer>> STATUS = Key.withDefault(
            "status",
            ByForm.list(
                    "an HTTP status such as 200, or a list of them",
                    STATUS_CODE.map(List::of),
                    ListOf.some("a list of HTTP statuses", STATUS_CODE)),
            List.of(200));
    private static final Key<String> BODY =
            Key.optional("body", new Text<>("a regular expression", HealthSection::pattern));
    private static final Key<Address> TCP =
            Key.optional("tcp", new Text<>("a host with a port such as \"{target}:8080\"", HealthSection::hostAndPort));
    private static final Key<String> RUN = Key.optional("run", Scalars.COMMAND);
    private static final Key<From> FROM = Key.optional("from", Scalars.choice(From.class));
    private static final Key<Duration> TIMEOUT =
            Key.withDefault("timeout", Scalars.DURATION_TEXT, Duration.ofSeconds(5));
    private static final Key<Duration> INTERVAL =
            Key.withDefault("interval", Scalars.DURATION_TEXT, Duration.ofSeconds(2));
    private static final Key<Integer> RETRIES = Key.withDefault("retries", Scalars.integer(0, 10_000), 5);

    static final Section<Health> SECTION = Section.of(
                    "a table that says how to tell that a release works",
                    List.of(HTTP, STATUS, BODY, TCP, RUN, FROM, TIMEOUT, INTERVAL, RETRIES),
                    HealthSection::health)
            .with(new Alternatives(Map.of(
                    HTTP.name(), Set.of(STATUS.name(), BODY.name()), TCP.name(), Set.of(), RUN.name(), Set.of())))
            .with(HealthSection::rejectCommandOnHost);

    private HealthSection() {}

    private static Health health(Values values) {
        From usual = values.find(RUN).isPresent() ? From.TARGET : From.HOST;
        return new Health(
                check(values),
                values.find(FROM).orElse(usual),
                values.get(TIMEOUT),
                values.get(INTERVAL),
                values.get(RETRIES));
    }

    private static Check check(Values values) {
        Optional<String> http = values.find(HTTP);
        if (http.isPresent()) {
            return new Check.Http(http.get(), Set.copyOf(values.get(STATUS)), values.find(BODY));
        }
        Optional<Address> tcp = values.find(TCP);
        return tcp.isPresent() ? new Check.Tcp(tcp.get().host(), tcp.get().port()) : new Check.Run(values.get(RUN));
    }

    private static void rejectCommandOnHost(Values values, Node.Table table, Findings findings) {
        if (values.written(RUN).isPresent()
                && values.find(FROM).filter(From.HOST::equals).isPresent()) {
            Node from = values.written(FROM).orElse(table);
            findings.value(from, "\"target\" beside run", "is \"host\": a command always runs on the target");
        }
    }

    /** Never quotes the text: a token may stand in it. */
    private static String url(String text) throws Text.Unfit {
        URI uri;
        try {
            uri = new URI(text.replace(Address.TARGET, "target"));
        } catch (URISyntaxException e) {
            throw new Text.Unfit("is no URL: " + e.getReason());
        }
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new Text.Unfit(
                    uri.getScheme() == null ? "has no scheme" : "has the scheme " + Quoted.quote(uri.getScheme()));
        }
        if (uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
            throw new Text.Unfit("has no valid host and port");
        }
        if (uri.getUserInfo() != null) {
            throw new Text.Unfit("holds a login, which would show in logs");
        }
        return text;
    }

    private static String pattern(String text) throws Text.Unfit {
        if (text.length() > LONGEST_PATTERN) {
            throw new Text.Unfit("is longer than " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new Text.Unfit("does not compile: " + e.getDescription() + " near character " + (e.getIndex() + 1));
        }
    }

    private static Address hostAndPort(String text) throws Text.Unfit {
        Address address = Address.parse(text);
        if (address.port() == 0 || address.user() != null) {
            String flaw = address.port() == 0 ? "has no port: " : "names a user: ";
            throw new Text.Unfit(flaw + Quoted.quote(text));
        }
        return address;
    }
}
