package io.jenkins.plugins.gateddeploy.jenkins.page;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.gateddeploy.console.Console;
import io.jenkins.plugins.gateddeploy.console.Live;
import io.jenkins.plugins.gateddeploy.jenkins.host.JenkinsHost;
import io.jenkins.plugins.gateddeploy.log.LogIndexes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The consoles of the jobs whose pages somebody has looked at, made when they are first needed. */
@Extension
public final class Consoles extends ItemListener {
    private final Map<String, Console> consoles = new ConcurrentHashMap<>();
    private final LogIndexes logs = new LogIndexes();
    private Live live;

    /** {@return those of this controller} */
    static Consoles get() {
        return ExtensionList.lookupSingleton(Consoles.class);
    }

    /** {@return that of a job or folder, or of all of them} */
    Console of(Scope scope) {
        return consoles.computeIfAbsent(
                scope.name(),
                name -> new Console(JenkinsHost.get().history(), new ItemConsole(name), Clock.systemUTC(), logs));
    }

    /** {@return what tells all pages of this controller what has changed} */
    synchronized Live live() {
        if (live == null) {
            live = new Live(JenkinsHost.get().history(), logs);
        }
        return live;
    }

    private synchronized void silence() {
        if (live != null) {
            live.close();
        }
    }

    private void forget(String name) {
        Optional.ofNullable(consoles.remove(name)).ifPresent(Console::close);
    }

    /** What was done by a job stays with it, whatever it is called. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        forget(oldFullName);
        JenkinsHost.get().history().moved(oldFullName, newFullName);
    }

    @Override
    public void onDeleted(Item item) {
        forget(item.getFullName());
    }

    /** Ends what is looked up in the background. */
    @Terminator
    public static void close() {
        ExtensionList.lookup(Consoles.class).forEach(all -> {
            all.silence();
            all.consoles.values().forEach(Console::close);
        });
    }
}
