package io.jenkins.plugins.gateddeploy.cli.serve;

import io.jenkins.plugins.gateddeploy.actor.Actor;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.console.Viewer;
import io.jenkins.plugins.gateddeploy.console.fixture.Browser;
import io.jenkins.plugins.gateddeploy.console.fixture.SampleHistory;
import io.jenkins.plugins.gateddeploy.console.fixture.Shop;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** The history of a shop, and a browser that looks at it through the web server. */
final class ServedShop implements AutoCloseable {
    private final Browser browser;
    private final Shop shop;
    private Console console;
    private Live live;
    private WebServer server;

    /** A shop that nobody looks at yet. */
    ServedShop(Path directory) {
        browser = Browser.start(directory.resolve("profile"));
        shop = Shop.open(new SampleHistory(directory), Instant.now());
    }

    Browser browser() {
        return browser;
    }

    Shop shop() {
        return shop;
    }

    static Viewer aliceWhoMayDoEverything() {
        return new Viewer(new Actor("alice", "Alice", Set.of()), (act, app, environment) -> true);
    }

    /** {@return the address of the first page, which the browser shows now} */
    String showTo(Viewer viewer) throws IOException {
        LogIndexes logs = new LogIndexes();
        console = new Console(shop.sample().history(), shop.host(), Clock.systemUTC(), logs);
        live = new Live(shop.sample().history(), logs);
        server = new WebServer(0, console, live, viewer);
        browser.open(server.address());
        browser.awaitText("Faster checkout");
        return browser.driver().getCurrentUrl();
    }

    @Override
    public void close() {
        browser.close();
        if (server != null) {
            live.close();
            server.close();
            console.close();
        }
        shop.close();
    }
}
