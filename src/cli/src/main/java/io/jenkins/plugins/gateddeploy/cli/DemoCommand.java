package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.demo.Demo;
import io.jenkins.plugins.gateddeploy.cli.host.Signals;
import io.jenkins.plugins.gateddeploy.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code demo}. */
@Command(
        name = "demo",
        description = {
            "Deploy a sample application to three servers inside this process, and back:",
            "a version that works, one whose health check fails, one that works, and a rollback.",
            "With --stay, only start the servers and the repository, and say how Jenkins deploys to them."
        })
final class DemoCommand implements Callable<Integer> {
    @ParentCommand
    private GatedDeploy root;

    @Option(names = "--stay", description = "Play nothing; keep the servers running until Ctrl-C, to try the plugin.")
    private boolean stay;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(Path.of("/proc/self/fd"))) {
            throw new ProblemException(
                    "demo.linux",
                    "The demo needs Linux, as its servers run what targets run.",
                    "Deploy to a real one.");
        }
        Reading reading = Reading.of(root);
        Outside there = root.json
                ? new Outside(
                        root.outside.err(),
                        root.outside.err(),
                        root.outside.environment(),
                        reading.screen(),
                        root.outside.userHome())
                : root.outside;
        Signals signals = Signals.interruptingThisThread(() -> {});
        try (signals;
                Demo demo = Demo.start(reading.out(), reading.style(), arguments -> Cli.run(there, arguments))) {
            if (stay) {
                demo.stay();
                return ExitCode.DONE;
            }
            int code = demo.play();
            if (root.json) {
                Cli.run(root.outside, demo.withOptions("history", "--json"));
            }
            return signals.received() ? ExitCode.CANCELLED : code;
        }
    }
}
