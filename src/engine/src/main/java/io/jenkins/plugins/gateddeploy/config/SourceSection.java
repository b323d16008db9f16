package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.config.SourceSettings.Mode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** {@code [source]}: where the files come from. */
final class SourceSection {
    /** {@code transport::address} makes git run a program of that name (gitremote-helpers(7)). */
    private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+._-]+::.*", Pattern.DOTALL);

    private static final Pattern URL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final List<String> SCHEMES = List.of("http", "https", "ssh", "git+ssh", "ssh+git", "git", "file");

    private static final Key<String> REPOSITORY = Key.optional(
            "repository",
            new Text<>(
                    "the URL (https, ssh, file) or path of a git repository, without a password",
                    SourceSection::repository));
    private static final Key<String> CREDENTIALS = Key.optional("credentials", Scalars.CREDENTIAL);
    private static final Key<Mode> MODE = Key.withDefault("mode", Scalars.choice(Mode.class), Mode.PUSH);

    static final Section<SourceSettings> SECTION = Section.of(
                    "a table that says where the files come from",
                    List.of(REPOSITORY, CREDENTIALS, MODE),
                    v -> new SourceSettings(v.find(REPOSITORY), v.find(CREDENTIALS), v.get(MODE)))
            .with(SourceSection::requireRepositoryForPull);

    private SourceSection() {}

    private static void requireRepositoryForPull(Values values, Node.Table table, Findings findings) {
        boolean pull = values.find(MODE).filter(Mode.PULL::equals).isPresent();
        if (pull && values.written(REPOSITORY).isEmpty()) {
            findings.missing(
                    table.place(), REPOSITORY.name(), "the repository that the targets fetch from (mode = \"pull\")");
        }
    }

    private static String repository(String text) throws Text.Unfit {
        if (text.isBlank()) {
            throw new Text.Unfit("is empty");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Text.Unfit("holds a newline or another control character");
        }
        if (text.startsWith("-")) {
            throw new Text.Unfit("begins with a dash, which git would take for an option");
        }
        if (HELPER.matcher(text).matches()) {
            throw new Text.Unfit("names a remote helper (" + Quoted.clip(text.substring(0, text.indexOf("::") + 2))
                    + "), a program that git would run");
        }
        var url = URL.matcher(text);
        if (url.matches()) {
            checkUrl(text, url.group(1));
        }
        return text;
    }

    /** Never quotes the text: a password may stand in it. */
    private static void checkUrl(String text, String scheme) throws Text.Unfit {
        if (!SCHEMES.contains(scheme)) {
            throw new Text.Unfit("has the scheme " + Quoted.quote(scheme));
        }
        String userInfo;
        try {
            userInfo = new URI(text).getRawUserInfo();
        } catch (URISyntaxException e) {
            throw new Text.Unfit("is no URL: " + e.getReason() + " at character " + (e.getIndex() + 1));
        }
        if (userInfo != null && userInfo.contains(":")) {
            throw new Text.Unfit("holds a password; name a credential of the host in source.credentials instead");
        }
    }
}
