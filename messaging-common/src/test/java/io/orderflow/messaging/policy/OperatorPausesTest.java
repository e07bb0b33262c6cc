package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.OperatorPauses.OperatorPause;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorPausesTest {

    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");

    private final OperatorPauses pauses = new OperatorPauses();
    private final Subscription stock = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());

    @Test
    void a_paused_subscription_names_the_operator_and_the_time() {
        pauses.replace(List.of(new OperatorPause("orders", "stock", "grace", SINCE)));

        assertThat(pauses.of(stock)).isEqualTo(new Pause(Pause.Reason.OPERATOR, "paused by grace since " + SINCE));
    }

    @Test
    void other_groups_and_topics_are_not_paused() {
        pauses.replace(List.of(
                new OperatorPause("orders", "mail", "grace", SINCE),
                new OperatorPause("shipments", "stock", "grace", SINCE)));

        assertThat(pauses.of(stock)).isNull();
    }

    @Test
    void a_subscription_that_is_no_longer_listed_is_resumed() {
        pauses.replace(List.of(new OperatorPause("orders", "stock", "grace", SINCE)));
        pauses.replace(List.of());

        assertThat(pauses.of(stock)).isNull();
    }
}
