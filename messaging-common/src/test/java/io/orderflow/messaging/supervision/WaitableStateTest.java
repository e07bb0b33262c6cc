package io.orderflow.messaging.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitableStateTest {

    private final WaitableState state = new WaitableState();
    private boolean stopped;

    @Test
    void a_wait_ends_when_a_change_makes_the_condition_true() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(this::awaitStopped);

        state.change(() -> {});
        assertThat(waiting).isNotDone();
        state.change(() -> stopped = true);

        assertThat(waiting.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_wait_without_a_change_ends_after_the_pause() throws InterruptedException {
        assertThat(state.await(() -> false, Duration.ofMillis(1))).isFalse();
    }

    @Test
    void a_condition_that_holds_ends_the_wait_at_once() throws InterruptedException {
        assertThat(state.await(() -> true, Duration.ofHours(1))).isTrue();
    }

    private boolean awaitStopped() {
        try {
            return state.await(() -> stopped, Duration.ofMinutes(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
