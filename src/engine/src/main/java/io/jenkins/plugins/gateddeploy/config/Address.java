package io.jenkins.plugins.gateddeploy.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as it is written: {@code user@host:port}, {@code host}, {@code user@[::1]:2222}.
 *
 * @param user null when none is written
 * @param host IPv6 without brackets
 * @param port 0 when none is written
 */
record Address(String user, String host, int port) {
    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}._][\\p{L}\\p{N}._+$@\\\\-]{0,99}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern IPV6 = Pattern.compile("(?=[^%]*:[^%]*:)[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9._-]{1,30})?");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*)](?::(.*))?");
    private static final Pattern PLAIN = Pattern.compile("([^:\\[\\]]*)(?::([^:]*))?");

    /** Stands for a target's host in {@code [health]}. */
    static final String TARGET = "{target}";

    static Address parse(String text) throws Text.Unfit {
        Scalars.rejectControlCharacters(text);
        int at = text.lastIndexOf('@');
        String user = at < 0 ? null : text.substring(0, at);
        if (user != null && !USER.matcher(user).matches()) {
            throw new Text.Unfit("the user in " + Quoted.quote(text) + " is not a login name");
        }
        String rest = text.substring(at + 1);
        Matcher bracketed = BRACKETED.matcher(rest);
        if (bracketed.matches()) {
            String host = bracketed.group(1);
            return new Address(
                    user, require(IPV6, host, text, "is not an IPv6 address"), port(bracketed.group(2), text));
        }
        Matcher plain = PLAIN.matcher(rest);
        if (!plain.matches()) {
            throw new Text.Unfit("is " + Quoted.quote(text) + "; an IPv6 address is written in brackets: [::1]:22");
        }
        String host = plain.group(1);
        if (!host.equals(TARGET)) {
            require(NAME, host, text, "is not a host name");
        }
        return new Address(user, host, port(plain.group(2), text));
    }

    int portOr(int fallback) {
        return port == 0 ? fallback : port;
    }

    private static String require(Pattern pattern, String host, String text, String otherwise) throws Text.Unfit {
        if (!pattern.matcher(host).matches()) {
            throw new Text.Unfit("the host in " + Quoted.quote(text) + " " + otherwise);
        }
        return host;
    }

    private static int port(String digits, String text) throws Text.Unfit {
        if (digits == null) {
            return 0;
        }
        boolean number = digits.matches("[0-9]{1,5}");
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65535) {
            throw new Text.Unfit("the port in " + Quoted.quote(text) + " is not a number from 1 to 65535");
        }
        return port;
    }
}
