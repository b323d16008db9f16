package io.jenkins.plugins.gateddeploy.trigger;

import io.jenkins.plugins.gateddeploy.source.PathPatterns;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all addresses of one repository have in common: {@code git.example.org/shop/storefront} for
 * {@code https://git.example.org/shop/storefront.git} and {@code git@git.example.org:shop/storefront}. Ports are left
 * out, since those for SSH and HTTPS differ; so are users, of which one may be a token.
 */
public final class RepositoryName {
    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/@]*@)?(\\[[^\\]/]*\\]|[^/:]*)(?::[0-9]*)?/(.*)");
    private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?(\\[[^\\]/]*\\]|[^/:]+):(?!//)(.+)");

    private RepositoryName() {}

    /** {@return the name; empty for an address that has no host, and for a text that is none} */
    public static Optional<String> of(String address) {
        Matcher url = URL.matcher(address.strip());
        if (url.matches()) {
            return url.group(1).isEmpty() ? Optional.empty() : name(url.group(1), url.group(2));
        }
        Matcher scp = SCP.matcher(address.strip());
        return scp.matches() ? name(scp.group(1), scp.group(2)) : Optional.empty();
    }

    /** {@return whether two addresses are of one repository} */
    public static boolean isSame(String one, String other) {
        Optional<String> name = of(one);
        return name.isPresent() ? name.equals(of(other)) : plain(one).equals(plain(other));
    }

    /**
     * {@return whether a repository is among those that somebody named}
     *
     * @param pattern an address, or the name with {@code *} for a part and {@code **} for any number of them:
     *     {@code git.example.org/shop/*}
     */
    public static boolean matches(String pattern, String address) {
        if (isSame(pattern, address)) {
            return true;
        }
        return of(address)
                .filter(name -> new PathPatterns(List.of(of(pattern).orElse(plain(pattern)))).matches(name))
                .isPresent();
    }

    private static Optional<String> name(String host, String path) {
        String plain = plain(path).replaceFirst("^/+", "");
        return plain.isEmpty() ? Optional.empty() : Optional.of(host.toLowerCase(Locale.ROOT) + "/" + plain);
    }

    private static String plain(String path) {
        return path.strip().replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}
