package io.jenkins.plugins.gateddeploy.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.gateddeploy.console.Wire;
import java.io.IOException;
import java.io.OutputStream;

/** An exchange that stays open after the thread that handled it has gone back, as the JDK's server allows. */
final class ExchangeWire implements Wire {
    private final HttpExchange exchange;
    private final OutputStream out;

    private ExchangeWire(HttpExchange exchange, OutputStream out) {
        this.exchange = exchange;
        this.out = out;
    }

    static ExchangeWire begin(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(200, 0);
        return new ExchangeWire(exchange, exchange.getResponseBody());
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** {@inheritDoc} The session lasts as long as the command. */
    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
