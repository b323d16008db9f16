package io.jenkins.plugins.gateddeploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The way to a server, which can become so narrow that nothing passes any more: everything that a client sends is handed
 * on until it is so many bytes. What happens next then waits for the test, however fast or slow the machine is.
 */
final class Narrows implements AutoCloseable {
    private final ServerSocket entrance;
    private final InetAddress address;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private long left = Long.MAX_VALUE;
    private boolean stuck;

    /** A way to what listens there, through a port of 127.0.0.1. */
    Narrows(String address, int port) throws IOException {
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.address = InetAddress.getByName(address);
        this.port = port;
        threads.execute(this::open);
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** Lets so many bytes pass from now on. */
    synchronized void narrow(long bytes) {
        left = bytes;
        stuck = false;
        notifyAll();
    }

    /** Lets everything pass. */
    void widen() {
        narrow(Long.MAX_VALUE);
    }

    /** {@return whether something waits that may not pass} */
    synchronized boolean isStuck() {
        return stuck;
    }

    /** Breaks every connection, and lets pass what comes over new ones. */
    void cut() {
        sockets.forEach(Narrows::close);
        sockets.clear();
        widen();
    }

    private void open() {
        try {
            while (true) {
                Socket client = entrance.accept();
                Socket server = new Socket(address, port);
                sockets.addAll(List.of(client, server));
                threads.execute(() -> pass(client, server, true));
                threads.execute(() -> pass(server, client, false));
            }
        } catch (IOException e) {
            close(entrance);
        }
    }

    private void pass(Socket from, Socket to, boolean counted) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (counted) {
                    await(n);
                }
                out.write(bytes, 0, n);
            }
        } catch (IOException e) {
            // One of the two is gone, so the other goes too.
            assert e != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void await(int bytes) throws InterruptedException {
        while (left < bytes) {
            stuck = true;
            wait();
        }
        left -= bytes;
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        close(entrance);
        sockets.forEach(Narrows::close);
        threads.shutdownNow();
    }
}
