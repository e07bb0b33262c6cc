package io.orderflow.systemtests.chaos.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.checking.Observations.Event;
import org.junit.jupiter.api.Test;

class EventInvariantsTest extends CorrectRun {

    private static final String PUBLISHED = "each state of an order is published by one event";

    private static final String SENT = "every committed event is on the broker";

    private static final String COMMITTED = "every event on the broker was committed";

    private static final String ORDERED = "the first occurrences of a key's events are in commit order";

    private static final String TIMELINE = "every event about an order is in its timeline once";

    private static final String BALANCED =
            "no service reports that a published message is missing in one of its groups";
    private static final String LEFT = "nothing is parked or unsent, and no sequence number is missing";

    @Test
    void an_order_with_two_events_for_one_state_is_named() {
        committed.add(new Event("orders", "cancelled", "e9", "order.cancelled.v1", 9));
        assertBroken(PUBLISHED, "cancelled");
    }

    @Test
    void an_order_without_an_event_for_a_state_is_named() {
        committed.removeIf(event -> event.id().equals("e3"));
        assertBroken(PUBLISHED, "shipped");
    }

    @Test
    void an_event_that_was_not_sent_is_named() {
        seen.removeIf(event -> event.id().equals("e2"));
        assertBroken(SENT, "e2", "shipped");
    }

    @Test
    void an_event_that_was_not_committed_is_named() {
        seen.add(new Event("orders", "shipped", "phantom", "order.shipped.v1", 0));
        assertBroken(COMMITTED, "phantom");
    }

    @Test
    void events_out_of_order_are_named() {
        Event second = seen.remove(1);
        seen.add(second);
        assertBroken(ORDERED, "e2", "e3");
    }

    @Test
    void a_late_duplicate_is_in_order() {
        seen.add(seen.get(0));
        assertThat(broken(ORDERED)).isEmpty();
    }

    @Test
    void an_event_that_was_handled_twice_or_never_is_named() {
        noted.add(noted.get(0));
        assertBroken(TIMELINE, "i1", "2 times");

        noted.clear();
        assertBroken(TIMELINE, "i1", "0 times");
    }

    @Test
    void a_row_that_is_left_in_an_outbox_is_named() {
        waiting.add("e7 for orders in orders, parked: too large");
        assertBroken(LEFT, "e7");
    }

    @Test
    void a_group_in_which_messages_are_missing_is_named() {
        missing.add("email of orders, missing 1");
        assertBroken(BALANCED, "email of orders");
    }

    @Test
    void only_the_cancellation_request_may_be_repeated() {
        orders.set(1, order("cancelled", "buyer-2", "CANCELLED", "CANCELLING"));
        assertBroken(PUBLISHED, "cancelled", "CANCELLING");

        committed.add(new Event("orders", "cancelled", "e6", "order.cancellation-requested.v1", 6));
        committed.add(new Event("orders", "cancelled", "e7", "order.cancellation-requested.v1", 7));
        assertThat(broken(PUBLISHED)).isEmpty();

        committed.add(new Event("orders", "cancelled", "e8", "order.cancelled.v1", 8));
        assertBroken(PUBLISHED, "cancelled");
    }
}
