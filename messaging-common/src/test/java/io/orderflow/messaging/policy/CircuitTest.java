package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.handling.Sleeper;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is during an outage. */
class CircuitTest {

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Circuit circuit = new Circuit("inventory on orders (order.created.v1)", true, () -> now, () -> 0.5);

    /** Whoever would have to wait goes away instead. */
    private final Sleeper impatient = pause -> {
        throw new InterruptedException("has to wait");
    };

    @BeforeEach
    void letAnOutageBegin() throws InterruptedException {
        circuit.admit(impatient);
        FailedAttempt refused = new FailedAttempt(new ConnectException("refused"), "o1", new Attempts(1, null), 1, now);
        assertThat(circuit.failed(refused, RetryPolicy.defaults())).isEqualTo(new FailureDecision.AwaitRecovery());
        now = now.plus(Circuit.PROBING.longest());
    }

    @Test
    void one_at_a_time_is_tried() throws InterruptedException {
        circuit.admit(impatient);
        assertThatThrownBy(() -> circuit.admit(impatient)).isInstanceOf(InterruptedException.class);
        assertThat(circuit.isHeldBack()).isTrue();
    }

    @Test
    void when_the_one_that_is_tried_hangs_it_is_another_ones_turn_after_a_while() throws InterruptedException {
        circuit.admit(impatient);
        now = now.plus(Circuit.PROBE_TIMEOUT).minus(Duration.ofSeconds(1));
        assertThatThrownBy(() -> circuit.admit(impatient)).isInstanceOf(InterruptedException.class);

        now = now.plusSeconds(1);
        assertThatCode(() -> circuit.admit(impatient)).doesNotThrowAnyException();
        circuit.succeeded();
        assertThat(circuit.isOpen()).isFalse();
    }
}
