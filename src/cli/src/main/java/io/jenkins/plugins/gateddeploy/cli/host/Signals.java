package io.jenkins.plugins.gateddeploy.cli.host;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * While open, SIGINT, SIGTERM and SIGHUP interrupt the thread that opened it, so that a deployment ends cleanly and
 * gives its locks back; a second signal ends the process at once.
 *
 * <p>A shutdown hook would not do: by then the exit code is settled, and the JVM no longer notices a second signal.
 * {@code sun.misc.Signal} is in the JDK's supported module {@code jdk.unsupported}, but javac warns of every mention, so
 * it is called by name; a JVM without it (or with {@code -Xrs}) ends at the first signal, which the next start settles.
 */
public final class Signals implements AutoCloseable {
    /** As shells report a process that SIGINT ended: 128 + 2. */
    private static final int ENDED_AT_ONCE = 130;

    private final Map<Object, Object> before = new LinkedHashMap<>();
    private final AtomicBoolean received = new AtomicBoolean();

    private Signals() {}

    /**
     * {@return signals that now interrupt this thread}
     *
     * @param first told once, when the first signal comes
     */
    public static Signals interruptingThisThread(Runnable first) {
        Signals signals = new Signals();
        Thread worker = Thread.currentThread();
        Runnable action = () -> {
            if (signals.received.getAndSet(true)) {
                Runtime.getRuntime().halt(ENDED_AT_ONCE);
            }
            first.run();
            worker.interrupt();
        };
        List.of("INT", "TERM", "HUP").forEach(name -> signals.handle(name, action));
        return signals;
    }

    /** {@return whether a signal came} */
    public boolean received() {
        return received.get();
    }

    private void handle(String name, Runnable action) {
        try {
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler handler = (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "handle" -> action.run();
                    case "hashCode" -> {
                        return System.identityHashCode(proxy);
                    }
                    case "equals" -> {
                        return proxy == arguments[0];
                    }
                    default -> {
                        return "signals of gated-deploy";
                    }
                }
                return null;
            };
            Object ours = Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, handler);
            Object signal = Class.forName("sun.misc.Signal")
                    .getConstructor(String.class)
                    .newInstance(name);
            before.put(signal, register(signal, ours));
        } catch (ReflectiveOperationException e) {
            // This JVM keeps its signals for itself.
            assert e != null;
        }
    }

    private static Object register(Object signal, Object handler) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        return signal.getClass()
                .getMethod("handle", signal.getClass(), handlerType)
                .invoke(null, signal, handler);
    }

    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                register(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A signal that was taken cannot be given back.", e);
            }
        });
        before.clear();
    }
}
