package io.jenkins.plugins.gateddeploy.jenkins.host;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.security.ACL;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

class ThreadsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Threads threads = new Threads();

    @AfterEach
    void end() throws InterruptedException {
        threads.end(LONG);
    }

    @Test
    void passesOnWhatLongWorkWaitsForWhileAllWorkersWait() throws Exception {
        CountDownLatch settled = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(500);
        for (long i = gone.getCount(); i > 0; i--) {
            threads.whenFree(() -> {
                await(settled);
                await(told);
                gone.countDown();
            });
        }

        threads.settle(settled::countDown);
        threads.soon(told::countDown);

        assertThat(gone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void worksAsJenkins() throws Exception {
        assertThat(whoWorks(threads::soon)).isEqualTo(ACL.SYSTEM2);
        assertThat(whoWorks(threads::settle)).isEqualTo(ACL.SYSTEM2);
        assertThat(whoWorks(threads::whenFree)).isEqualTo(ACL.SYSTEM2);
    }

    @Test
    void interruptsWorkButNoSignalWhenJenkinsEnds() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CompletableFuture<Boolean> signal = new CompletableFuture<>();
        CompletableFuture<Boolean> work = new CompletableFuture<>();
        threads.soon(() -> {
            begun.countDown();
            await(begun);
            // Until the work was interrupted.
            work.join();
            signal.complete(Thread.currentThread().isInterrupted());
        });
        threads.whenFree(() -> {
            begun.countDown();
            work.complete(isInterrupted(new CountDownLatch(1)));
        });
        await(begun);

        assertThat(threads.end(LONG)).isTrue();

        assertThat(work).isCompletedWithValue(true);
        assertThat(signal).isCompletedWithValue(false);
        assertThat(threads.areEnding()).isTrue();
        AtomicBoolean late = new AtomicBoolean();
        threads.soon(() -> late.set(true));
        threads.settle(() -> late.set(true));
        threads.whenFree(() -> late.set(true));
        assertThat(threads.end(LONG)).isTrue();
        assertThat(late).isFalse();
    }

    private static Authentication whoWorks(Consumer<Runnable> threads) throws Exception {
        CompletableFuture<Authentication> who = new CompletableFuture<>();
        threads.accept(() -> who.complete(SecurityContextHolder.getContext().getAuthentication()));
        return who.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        assertThat(isInterrupted(latch)).isFalse();
    }

    private static boolean isInterrupted(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
