package io.orderflow.messaging.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.conservation.SlotCounts.Settled;
import io.orderflow.messaging.conservation.SlotCounts.Waiting;
import io.orderflow.messaging.handling.Subscription;
import org.junit.jupiter.api.Test;

class BalanceTest {

    private final Subscription group = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());

    @Test
    void what_is_not_in_a_backlog_with_all_in_flight_is_missing() {
        GroupBalance balance = unsettled(3).of(group, new GroupBacklog("stock", 2, true));

        assertThat(balance.inFlight()).isEqualTo(2);
        assertThat(balance.missing()).isEqualTo(1);
        assertThat(balance.unchecked()).isNull();
    }

    @Test
    void what_members_may_hold_is_not_reported_as_missing() {
        GroupBalance balance = unsettled(3).of(group, new GroupBacklog("stock", 1, true, false));

        assertThat(balance.missing()).isZero();
        assertThat(balance.inFlight()).isEqualTo(3);
        assertThat(balance.unchecked())
                .isEqualTo("The broker does not show what members hold: 2 message(s) are in flight or missing.");
    }

    @Test
    void a_backlog_as_large_as_what_is_not_handled_needs_no_messages_in_flight() {
        GroupBalance balance = unsettled(3).of(group, new GroupBacklog("stock", 3, true, false));

        assertThat(balance.inFlight()).isEqualTo(3);
        assertThat(balance.unchecked()).isNull();
    }

    private static Balance unsettled(long messages) {
        Balance balance = new Balance();
        balance.add(messages, new Settled(0, 0, 0));
        balance.add(messages, Waiting.NONE);
        return balance;
    }
}
