package io.jenkins.plugins.gateddeploy.ssh;

import io.jenkins.plugins.gateddeploy.target.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks questions over the network from here. They go straight to their address, also where SSH goes through a jump
 * host: a service that can only be reached from behind it is asked on the target itself, by a command.
 */
final class Probes {
    private HttpClient http;

    Probe.Answer ask(Probe probe) throws InterruptedException {
        Deadline deadline = Deadline.in(probe.timeout());
        try {
            return probe instanceof Probe.Http get ? get(get, deadline) : connect((Probe.Tcp) probe, deadline);
        } catch (TimeoutException e) {
            return new Probe.Answer.Nothing("no answer within " + Words.of(probe.timeout()));
        } catch (ExecutionException e) {
            return new Probe.Answer.Nothing(reason(e.getCause()));
        } catch (IOException | IllegalArgumentException e) {
            return new Probe.Answer.Nothing(reason(e));
        }
    }

    private Probe.Answer get(Probe.Http probe, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(probe.uri())
                .header("User-Agent", "gated-deploy")
                .GET()
                .build();
        HttpResponse<String> response = await(client().sendAsync(request, info -> new Beginning()), deadline);
        return new Probe.Answer.Got(response.statusCode(), response.body());
    }

    private static Probe.Answer connect(Probe.Tcp probe, Deadline deadline)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        InetAddress[] addresses = InetAddress.getAllByName(probe.host());
        for (int i = 0; ; i++) {
            try (AsynchronousSocketChannel socket = AsynchronousSocketChannel.open()) {
                await(
                        socket.connect(new InetSocketAddress(addresses[i], probe.port())),
                        deadline.share(addresses.length - i));
                return new Probe.Answer.Got(0, "");
            } catch (ExecutionException | TimeoutException e) {
                if (i == addresses.length - 1) {
                    throw e;
                }
            }
        }
    }

    private static <T> T await(Future<T> future, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return future.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } finally {
            future.cancel(true);
        }
    }

    private synchronized HttpClient client() {
        // Made when first needed: it brings threads of its own.
        if (http == null) {
            http = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return http;
    }

    private static String reason(Throwable failure) {
        Throwable telling = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // The client wraps what went wrong, and below that lies what it means for a channel, which tells nobody.
            if (cause instanceof ConnectException) {
                return cause.getMessage() == null ? "connection refused" : cause.getMessage();
            }
            if (cause.getMessage() != null) {
                telling = cause;
            }
        }
        String message = telling.getMessage() == null ? "" : ": " + telling.getMessage();
        return telling.getClass().getSimpleName() + message;
    }

    /** The first 64 KiB of a body; the rest is not waited for. */
    private static final class Beginning implements HttpResponse.BodySubscriber<String> {
        private static final int LIMIT = 64 * 1024;

        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription started) {
            subscription = started;
            started.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                byte[] some = new byte[Math.min(part.remaining(), LIMIT - bytes.size())];
                part.get(some);
                bytes.writeBytes(some);
            }
            if (bytes.size() == LIMIT) {
                subscription.cancel();
                onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            text.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
