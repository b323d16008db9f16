package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.document.Json;
import io.jenkins.plugins.gateddeploy.cli.host.Host;
import io.jenkins.plugins.gateddeploy.cli.host.Signals;
import io.jenkins.plugins.gateddeploy.cli.serve.Serving;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The console, open until a signal comes.
 *
 * @param root what the user asked for
 */
record Showing(GatedDeploy root) {

    /** {@return the exit code, when somebody has ended it} */
    int until(int port) throws Exception {
        Opening opening = new Opening(root);
        try (Host host = opening.host("serve");
                Signals signals = Signals.interruptingThisThread(() -> {});
                Serving serving = Serving.start(
                        host,
                        root.config(),
                        opening.workspace(),
                        port,
                        host.teller(sentence -> root.outside.err().println(sentence)))) {
            assert signals != null;
            if (root.json) {
                Json.print(root.outside.out(), Map.of("url", serving.address()));
            } else {
                root.outside.out().println("The deployments of " + root.home() + " are at");
                root.outside.out().println("  " + serving.address());
                root.outside.out().println("The address works once. Ctrl-C ends it.");
            }
            root.outside.out().flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // That is how it ends.
            assert e != null;
        }
        return ExitCode.DONE;
    }
}
