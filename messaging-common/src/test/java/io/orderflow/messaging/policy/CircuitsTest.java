package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.OperatorPauses.OperatorPause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private final OperatorPauses operators = new OperatorPauses();
    private final Circuits circuits = new Circuits(
            new Subscription("orders", "stock", 1, ConsumerOptions.defaults()),
            operators,
            delivery -> delivery.message().header(Headers.TYPE),
            () -> NOW,
            () -> 0.5);

    @Test
    void each_type_has_one_circuit() {
        assertThat(circuits.of(delivery("placed", "m1")))
                .isSameAs(circuits.of(delivery("placed", "m2")))
                .isNotSameAs(circuits.of(delivery("cancelled", "m3")));
    }

    @Test
    void all_types_that_are_not_handled_share_one() {
        assertThat(circuits.of(delivery(null, "m1"))).isSameAs(circuits.of(delivery(null, "m2")));
    }

    @Test
    void an_outage_of_one_type_does_not_pause_another_and_is_over_after_a_success() {
        Delivery<String, byte[]> placed = delivery("placed", "m1");
        assertThat(circuits.pause()).isNull();
        circuits.of(placed).failed(attempt(), RetryPolicy.defaults());

        assertThat(circuits.pause()).isNotNull();
        assertThat(circuits.problem()).contains("stock on orders (placed)", "unavailable");
        assertThat(circuits.of(placed).isOpen()).isTrue();
        assertThat(circuits.of(delivery("cancelled", "m2")).isOpen()).isFalse();

        circuits.succeeded(delivery("cancelled", "m2"));
        assertThat(circuits.pause()).isNotNull();
        circuits.succeeded(placed);
        assertThat(circuits.pause()).isNull();
        assertThat(circuits.problem()).isNull();
    }

    /** Found by chaos on RabbitMQ, seed 11: the pause never ended, because no message of an unhandled type is ever handled. */
    @Test
    void an_outage_of_unhandled_types_is_over_when_one_of_them_is_skipped() {
        Delivery<String, byte[]> ignored = delivery(null, "m1");
        circuits.of(ignored).failed(attempt(), RetryPolicy.defaults());
        assertThat(circuits.pause()).isNotNull();

        circuits.of(ignored).skipped();

        assertThat(circuits.problem()).isNull();
    }

    @Test
    void an_outage_of_unhandled_types_is_over_when_one_of_them_is_dead_lettered() {
        Delivery<String, byte[]> unknown = delivery(null, "m1");
        circuits.of(unknown).failed(attempt(), RetryPolicy.defaults());
        FailedAttempt poison =
                new FailedAttempt(new UndecodableException("unknown type"), "k", new Attempts(1, NOW), 1, NOW);

        assertThat(circuits.of(unknown).failed(poison, RetryPolicy.defaults()))
                .isInstanceOf(FailureDecision.DeadLetter.class);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void a_duplicate_or_a_poison_message_of_a_handled_type_does_not_show_that_an_outage_is_over() {
        Delivery<String, byte[]> placed = delivery("placed", "m1");
        circuits.of(placed).failed(attempt(), RetryPolicy.defaults());
        circuits.of(placed).skipped();
        FailedAttempt poison = new FailedAttempt(new UndecodableException("?"), "k", new Attempts(1, NOW), 1, NOW);
        circuits.of(placed).failed(poison, RetryPolicy.defaults());

        assertThat(circuits.pause()).isNotNull();
    }

    @Test
    void an_operators_pause_hides_an_outage_and_is_over_when_the_operator_resumes() {
        circuits.of(delivery("placed", "m1")).failed(attempt(), RetryPolicy.defaults());

        operators.replace(List.of(new OperatorPause("orders", "stock", "ada", NOW)));
        assertThat(circuits.pause()).isEqualTo(new Pause(Pause.Reason.OPERATOR, "paused by ada since " + NOW));
        assertThat(circuits.isPausedByOperator()).isTrue();

        operators.replace(List.of());
        assertThat(circuits.pause()).extracting(Pause::reason).isEqualTo(Pause.Reason.OUTAGE);
        assertThat(circuits.isPausedByOperator()).isFalse();
    }

    @Test
    void a_pause_concerns_one_group_on_one_topic() {
        operators.replace(List.of(
                new OperatorPause("orders", "email", "ada", NOW), new OperatorPause("shipping", "stock", "ada", NOW)));

        assertThat(circuits.pause()).isNull();
    }

    private static FailedAttempt attempt() {
        return new FailedAttempt(new MessagingException("unavailable", null), "k", new Attempts(1, NOW), 99, NOW);
    }

    private static Delivery<String, byte[]> delivery(String type, String id) {
        Map<String, String> headers =
                type == null ? Map.of(Headers.ID, id) : Map.of(Headers.ID, id, Headers.TYPE, type);
        return new Delivery<>("orders", new Message<>("k", new byte[0], headers, Instant.EPOCH), "orders@" + id);
    }
}
