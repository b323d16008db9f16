package io.jenkins.plugins.gateddeploy.cli;

import io.jenkins.plugins.gateddeploy.cli.terminal.Display;
import io.jenkins.plugins.gateddeploy.cli.terminal.Screen;
import io.jenkins.plugins.gateddeploy.cli.terminal.Style;
import io.jenkins.plugins.gateddeploy.config.Configuration;
import java.io.PrintStream;

/**
 * Where what people read goes: to standard output, or beside it when that is for a machine.
 *
 * @param out the stream
 * @param screen what it is
 */
record Reading(PrintStream out, Screen screen) {

    static Reading of(GatedDeploy root) {
        return root.json
                ? new Reading(root.outside.err(), Screen.none())
                : new Reading(root.outside.out(), root.outside.screen());
    }

    Style style() {
        return new Style(screen.colours());
    }

    Display display(Configuration configuration) {
        return new Display(out, screen, configuration.targets());
    }
}
