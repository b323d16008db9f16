package io.jenkins.plugins.gateddeploy.jenkins.agent;

import hudson.remoting.ErrorPropagatingOutputStream;
import hudson.remoting.Pipe;
import io.jenkins.plugins.gateddeploy.target.Payload;
import java.io.IOException;
import java.io.OutputStream;

/** Makes a payload on the controller while an agent takes it through a pipe. */
final class Sending implements AutoCloseable {
    private final Payload payload;
    private final OutputStream out;
    private final Thread thread;

    private Sending(Payload payload, OutputStream out, String agent) {
        this.payload = payload;
        this.out = out;
        this.thread = new Thread(this::send, "gated-deploy files for " + agent);
        thread.setDaemon(true);
    }

    /** @param agent its name, for that of the thread */
    static Sending of(Payload payload, Pipe pipe, String agent) {
        return new Sending(payload, pipe.getOut(), agent);
    }

    /** What the other end does with it. */
    interface Taking<V> {
        V take() throws InterruptedException;
    }

    /** {@return what the other end has made of it} */
    <V> V during(Taking<V> taking) throws InterruptedException {
        thread.start();
        return taking.take();
    }

    private void send() {
        try (out) {
            try {
                payload.writeTo(out);
            } catch (IOException | RuntimeException e) {
                // Without a word the other end would take what it has for the whole.
                if (out instanceof ErrorPropagatingOutputStream pipe) {
                    pipe.error(e);
                }
            }
        } catch (IOException e) {
            // The other end takes no more; its outcome says why.
        }
    }

    /** Nobody takes it any more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
