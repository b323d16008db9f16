package io.jenkins.plugins.gateddeploy.config;

import io.jenkins.plugins.gateddeploy.problem.Location;
import io.jenkins.plugins.gateddeploy.target.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code targets}: the servers of an environment. */
final class TargetShapes {
    private static final int SSH_PORT = 22;
    private static final String EXPECTED = "a server such as \"deploy@web-1\" or \"deploy@web-1:2222\"";

    private static final Shape<Address> SERVER = new Text<>(EXPECTED, text -> {
        Address address = Address.parse(text);
        if (address.host().equals(Address.TARGET)) {
            throw new Text.Unfit("is " + Quoted.quote(text));
        }
        return address;
    });

    /** A server with nothing but a login and a port: a target written short, or a jump host. */
    static final Shape<Target> PLAIN = SERVER.map(address -> target(address, Set.of(), List.of()));

    static final Key<Address> HOST = Key.required("host", SERVER);
    static final Key<List<String>> ROLES =
            Key.withDefault("roles", ListOf.some("a list of roles", Scalars.NAME_TEXT), List.of());
    private static final Shape<String> PUBLIC_KEY =
            new Text<>("a public key such as \"ssh-ed25519 AAAA…\"", TargetShapes::publicKey);
    private static final Key<List<String>> HOST_KEY = Key.withDefault(
            "host_key",
            ByForm.list(
                    "a public key such as \"ssh-ed25519 AAAA…\", or a list of them",
                    PUBLIC_KEY.map(List::of),
                    ListOf.some("a list of public keys", PUBLIC_KEY)),
            List.of());

    private static final Shape<Target> LONG = Section.of(
            "a table with host, and perhaps roles and host_key",
            List.of(HOST, ROLES, HOST_KEY),
            v -> target(v.get(HOST), Set.copyOf(v.get(ROLES)), v.get(HOST_KEY)));

    static final Shape<List<Target>> LIST = ListOf.some(
                    "a list of servers such as [\"deploy@web-1\"]",
                    ByForm.<Target>table(EXPECTED + ", or a table with host, roles and host_key", PLAIN, LONG))
            .with(TargetShapes::rejectDuplicates);

    private TargetShapes() {}

    private static Target target(Address address, Set<String> roles, List<String> hostKeys) {
        return new Target(address.user(), address.host(), address.portOr(SSH_PORT), roles, hostKeys);
    }

    private static void rejectDuplicates(List<ListOf.Item<Target>> targets, Findings findings) {
        Map<String, Location> seen = new HashMap<>();
        for (ListOf.Item<Target> item : targets) {
            String name = item.value().name();
            Location first =
                    seen.putIfAbsent(name.toLowerCase(Locale.ROOT), item.place().location());
            if (first != null) {
                findings.add(
                        "config.duplicate",
                        item.place(),
                        "is " + name + " again, which line " + first.line() + " names already.",
                        "A server may be listed once; give it all its roles there.");
            }
        }
    }

    /** The blob begins with the length and the name of its type (RFC 4253, section 6.6). */
    private static String publicKey(String text) throws Text.Unfit {
        Scalars.rejectControlCharacters(text);
        String[] words = text.strip().split(" +", 3);
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(words.length < 2 ? "" : words[1]));
            byte[] type = words[0].getBytes(StandardCharsets.UTF_8);
            boolean fits = blob.remaining() > Integer.BYTES + type.length
                    && blob.getInt() == type.length
                    && blob.slice(Integer.BYTES, type.length).equals(ByteBuffer.wrap(type));
            if (fits) {
                return words[0] + " " + words[1];
            }
        } catch (IllegalArgumentException e) {
            throw new Text.Unfit("the second word of " + Quoted.quote(text) + " is not Base64");
        }
        throw new Text.Unfit("is " + Quoted.quote(text));
    }
}
