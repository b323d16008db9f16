package io.jenkins.plugins.gateddeploy.jenkins.page;

import io.jenkins.plugins.gateddeploy.console.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** An asynchronous answer of Jenkins' web server. */
final class ServletWire implements Wire, AsyncListener {
    private final AsyncContext context;
    private final OutputStream out;
    /** Null for somebody who has none: with an API token, or where everybody may read. */
    private final HttpSession session;

    private final AtomicBoolean ended = new AtomicBoolean();

    private ServletWire(AsyncContext context, OutputStream out, HttpSession session) {
        this.context = context;
        this.out = out;
        this.session = session;
    }

    static ServletWire begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType(CONTENT_TYPE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        // nginx would keep events until it has some kilobytes.
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        AsyncContext context = request.startAsync();
        // How long it lives is decided by those who write.
        context.setTimeout(0);
        ServletWire wire = new ServletWire(context, out, request.getSession(false));
        context.addListener(wire);
        return wire;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        if (ended.get()) {
            throw new IOException("The connection has ended");
        }
        out.write(bytes);
        out.flush();
    }

    @Override
    public boolean isValid() {
        if (ended.get()) {
            return false;
        }
        try {
            if (session != null) {
                // Throws when they have logged out.
                session.getCreationTime();
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            try {
                context.complete();
            } catch (IllegalStateException e) {
                // The web server has ended it at the same moment.
                assert e != null;
            }
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended.set(true);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // It is not begun again.
    }
}
