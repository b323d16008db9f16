package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.gateddeploy.credential.SshCredential;
import io.jenkins.plugins.gateddeploy.target.Command;
import io.jenkins.plugins.gateddeploy.target.Outcome;
import io.jenkins.plugins.gateddeploy.target.Payload;
import io.jenkins.plugins.gateddeploy.target.Target;
import io.jenkins.plugins.gateddeploy.target.Targets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the tests of this package start from. */
final class Given {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Given() {}

    static Targets.Access access(List<Target> targets, SshCredential credential) {
        return new Targets.Access(targets, credential, settings());
    }

    static Targets.Access access(Target target, SshCredential credential) {
        return access(List.of(target), credential);
    }

    static Targets.Settings settings() {
        return new Targets.Settings(Duration.ofSeconds(20), Duration.ofSeconds(15), 10, null);
    }

    static Command script(String script) {
        return Command.of("a command", script, TIMEOUT);
    }

    static Map<Target, Command> onEach(List<Target> targets, Command command) {
        Map<Target, Command> commands = new LinkedHashMap<>();
        targets.forEach(target -> commands.put(target, command));
        return commands;
    }

    static Outcome only(Targets targets, Target target, Command command) throws InterruptedException {
        return targets.run(Map.of(target, command)).get(target);
    }

    /** {@return what becomes of a command when a server is judged by these host keys} */
    static Outcome outcome(HostKeys hostKeys, Target target, SshCredential credential) throws InterruptedException {
        try (SshConnector connector = new SshConnector(hostKeys);
                Targets targets = connector.open(access(target, credential))) {
            return only(targets, target, script("true"));
        }
    }

    /** {@return a target that refuses every connection} */
    static Target nobodyListens() {
        // Port 1 (tcpmux) of an address that nobody binds.
        return new Target("x", "127.0.99.99", 1, Set.of(), List.of());
    }

    /** {@return why a target could not be reached, as it could not} */
    static Outcome.Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unreached.class);
        return ((Outcome.Unreached) outcome).reason();
    }

    static Payload payload(String text) {
        return new Repeated(text, 1);
    }

    /** {@return a payload of that many mebibytes} */
    static Payload mebibytes(int count) {
        return new Repeated("0123456789abcde\n".repeat(1 << 16), count);
    }

    private record Repeated(String text, int times) implements Payload {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        }

        @Override
        public String describe() {
            return "text";
        }
    }
}
