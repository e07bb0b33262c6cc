package io.orderflow.systemtests.chaos.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.checking.Observations.Collected;
import io.orderflow.systemtests.chaos.checking.Observations.DeadLetter;
import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Harm;
import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import io.orderflow.systemtests.chaos.checking.Observations.Noted;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Poison;
import io.orderflow.systemtests.chaos.checking.Observations.Request;
import io.orderflow.systemtests.chaos.checking.Observations.Shipment;
import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals.Reading;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each invariant is violated here, and its result names the violation. */
class InvariantsTest {

    private static final String ANSWERED = "every request is answered, a repeated one with the same order";
    private static final String INVALID = "invalid requests are refused";
    private static final String ONCE = "every accepted order exists exactly once";
    private static final String ACCEPTED = "every order was accepted";
    private static final String FINAL = "every order is in a final state";
    private static final String UNCANCELLED = "only orders with a cancellation request are cancelled";
    private static final String IN_STOCK = "no order is rejected whose articles were in stock for all";
    private static final String CONSERVED = "per sku: start = available + reserved + shipped, nothing negative";
    private static final String SOLD = "per sku: shipped is the sum of the shipped orders, nothing stays reserved";
    private static final String SHIPMENTS = "one shipment dispatched per shipped order, none for another";
    private static final String MAILS = "one mail per order and kind, no kind missing";
    private static final String REPEATED = "a mail is repeated only with its message id, and only after a fault";
    private static final String PUBLISHED = "each state of an order is published by one event";
    private static final String SENT = "every committed event is on the broker";
    private static final String COMMITTED = "every event on the broker was committed";
    private static final String ORDERED = "the first occurrences of a key's events are in commit order";
    private static final String TIMELINE = "every event about an order is in its timeline once";
    private static final String LEFT = "nothing is parked or unsent, and no sequence number is missing";
    private static final String POISON = "every poison message is dead-lettered unchanged";
    private static final String ONLY_POISON = "only poison messages are dead-lettered";
    private static final String STORED = "each dead letter is stored once, and redriven as often as requested";
    private static final String LEVEL = "threads, descriptors and heap do not grow";
    private static final String UP = "every process is UP after all faults have ended";
    private static final String ENDED = "processes shut down in time";

    private final Run run = new Run();

    @Test
    void all_invariants_hold_for_a_correct_run() {
        assertThat(Invariants.check(run.observations()))
                .hasSize(24)
                .allSatisfy(verdict ->
                        assertThat(verdict.broken()).as(verdict.invariant()).isEmpty());
    }

    @Test
    void a_request_without_an_answer_is_named() {
        run.requests.add(new Request("buyer-9", true, false, Set.of()));
        assertBroken(ANSWERED, "buyer-9");
    }

    @Test
    void a_request_that_was_refused_without_reason_is_named() {
        run.requests.add(new Request("buyer-9", true, true, Set.of()));
        assertBroken(ANSWERED, "buyer-9");
    }

    @Test
    void a_repeated_request_with_another_answer_is_named() {
        run.requests.set(0, new Request("buyer-1", true, true, Set.of("shipped", "another")));
        assertBroken(ANSWERED, "buyer-1", "shipped", "another");
    }

    @Test
    void an_accepted_invalid_request_is_named() {
        run.requests.set(0, new Request("buyer-1", false, true, Set.of("shipped")));
        assertBroken(INVALID, "shipped");
    }

    @Test
    void an_accepted_order_that_is_missing_is_named() {
        run.requests.add(new Request("buyer-9", true, true, Set.of("lost")));
        assertBroken(ONCE, "lost");
    }

    @Test
    void a_customer_who_has_two_orders_is_named() {
        run.orders.add(order("twin", "buyer-1", "REJECTED"));
        assertBroken(ONCE, "buyer-1", "shipped", "twin");
        assertBroken(ACCEPTED, "twin");
    }

    @Test
    void an_order_that_was_not_accepted_is_named() {
        run.orders.add(order("phantom", "buyer-4", "REJECTED"));
        assertBroken(ACCEPTED, "phantom");
    }

    @Test
    void an_order_that_is_stuck_is_named() {
        run.orders.set(0, order("shipped", "buyer-1", "CANCELLING"));
        assertBroken(FINAL, "shipped", "CANCELLING");
    }

    @Test
    void an_order_that_is_cancelled_without_a_request_is_named() {
        run.cancelled.clear();
        assertBroken(UNCANCELLED, "cancelled");
    }

    @Test
    void an_order_that_is_rejected_though_there_was_enough_for_all_is_named() {
        run.orders.add(order("refused", "buyer-4", "REJECTED"));
        assertBroken(IN_STOCK, "refused", "MUG");
    }

    @Test
    void an_order_that_is_rejected_because_there_was_too_little_for_all_is_not_named() {
        run.orders.add(new Order("refused", "buyer-4", "REJECTED", Map.of("MUG", 7), Set.of("PENDING", "REJECTED")));
        assertThat(broken(IN_STOCK)).isEmpty();
    }

    @Test
    void stock_that_disappeared_is_named() {
        run.stock.set(0, new Stock("MUG", 10, 7, 0, 2));
        assertBroken(CONSERVED, "MUG");
    }

    @Test
    void negative_stock_is_named() {
        run.stock.set(0, new Stock("MUG", 10, 9, -1, 2));
        assertBroken(CONSERVED, "MUG");
    }

    @Test
    void stock_that_stays_reserved_is_named() {
        run.stock.set(0, new Stock("MUG", 10, 7, 1, 2));
        assertBroken(SOLD, "MUG");
    }

    @Test
    void stock_that_left_without_an_order_is_named() {
        run.stock.set(0, new Stock("MUG", 10, 7, 0, 3));
        assertBroken(SOLD, "MUG");
    }

    @Test
    void a_shipped_order_without_a_shipment_is_named() {
        run.shipments.remove(0);
        assertBroken(SHIPMENTS, "shipped");
    }

    @Test
    void an_order_shipped_twice_is_named() {
        run.shipments.add(new Shipment("s2", "shipped", "DISPATCHED"));
        assertBroken(SHIPMENTS, "shipped");
    }

    @Test
    void a_cancelled_order_that_is_shipped_is_named() {
        run.shipments.add(new Shipment("s2", "cancelled", "DISPATCHED"));
        assertBroken(SHIPMENTS, "cancelled");
    }

    @Test
    void a_shipment_of_no_order_is_named() {
        run.shipments.add(new Shipment("s2", "unknown", "PLANNED"));
        assertBroken(SHIPMENTS, "unknown");
    }

    @Test
    void a_mail_that_is_missing_is_named() {
        run.mails.removeIf(mail -> mail.kind().equals("dispatch-note"));
        assertBroken(MAILS, "shipped", "dispatch-note");
    }

    @Test
    void a_mail_that_should_not_have_been_sent_is_named() {
        run.mails.add(new Mail("cancelled", "dispatch-note", "m9"));
        assertBroken(MAILS, "cancelled", "dispatch-note");
    }

    @Test
    void a_mail_about_an_unknown_order_is_named() {
        run.mails.add(new Mail("unknown", "confirmation", "m9"));
        assertBroken(MAILS, "unknown");
    }

    @Test
    void a_confirmation_may_be_missing_before_a_cancellation_after_a_fault() {
        run.orders.add(new Order(
                "changed", "buyer-5", "CANCELLED", Map.of("MUG", 1), Set.of("PENDING", "CONFIRMED", "CANCELLED")));
        run.mails.add(new Mail("changed", "cancellation", "m9"));
        assertBroken(MAILS, "changed", "confirmation");

        run.mailFaults = 1;

        assertThat(broken(MAILS)).isEmpty();
    }

    @Test
    void two_different_mails_of_a_kind_are_named() {
        run.mailFaults = 1;
        run.mails.add(new Mail("shipped", "confirmation", "another"));
        assertBroken(REPEATED, "shipped", "confirmation", "2 different");
    }

    @Test
    void a_repeated_mail_is_named_unless_a_fault_may_repeat_it() {
        run.mails.add(run.mails.get(0));
        assertBroken(REPEATED, "shipped", "the same confirmation 2 times", "after 0 faults");

        run.mailFaults = 1;
        assertThat(broken(REPEATED)).isEmpty();

        run.mails.add(run.mails.get(0));
        assertBroken(REPEATED, "3 times");
    }

    @Test
    void a_phantom_order_with_other_mails_than_a_cancellation_is_named() {
        run.phantoms.add("phantom");
        assertBroken(MAILS, "phantom");

        run.mails.add(new Mail("phantom", "cancellation", "m8"));
        assertThat(broken(MAILS)).isEmpty();

        run.mails.add(new Mail("phantom", "confirmation", "m9"));
        assertBroken(MAILS, "phantom", "confirmation");
    }

    @Test
    void an_order_with_two_events_for_one_state_is_named() {
        run.committed.add(new Event("orders", "cancelled", "e9", "order.cancelled.v1", 9));
        assertBroken(PUBLISHED, "cancelled");
    }

    @Test
    void an_order_without_an_event_for_a_state_is_named() {
        run.committed.removeIf(event -> event.id().equals("e3"));
        assertBroken(PUBLISHED, "shipped");
    }

    @Test
    void an_event_that_was_not_sent_is_named() {
        run.seen.removeIf(event -> event.id().equals("e2"));
        assertBroken(SENT, "e2", "shipped");
    }

    @Test
    void an_event_that_was_not_committed_is_named() {
        run.seen.add(new Event("orders", "shipped", "phantom", "order.shipped.v1", 0));
        assertBroken(COMMITTED, "phantom");
    }

    @Test
    void events_out_of_order_are_named() {
        Event second = run.seen.remove(1);
        run.seen.add(second);
        assertBroken(ORDERED, "e2", "e3");
    }

    @Test
    void a_late_duplicate_is_in_order() {
        run.seen.add(run.seen.get(0));
        assertThat(broken(ORDERED)).isEmpty();
    }

    @Test
    void an_event_that_was_handled_twice_or_never_is_named() {
        run.noted.add(run.noted.get(0));
        assertBroken(TIMELINE, "i1", "2 times");

        run.noted.clear();
        assertBroken(TIMELINE, "i1", "0 times");
    }

    @Test
    void a_row_that_is_left_in_an_outbox_is_named() {
        run.waiting.add("e7 for orders in orders, parked: too large");
        assertBroken(LEFT, "e7");
    }

    @Test
    void a_lost_poison_message_is_named() {
        run.deadLetters.remove(0);
        assertBroken(POISON, "poison-1", "orders.inventory.dlq");
    }

    @Test
    void a_good_message_among_the_dead_letters_is_named() {
        run.deadLetters.add(new DeadLetter("orders.email.dlq", "order.created.v1 e1"));
        assertBroken(ONLY_POISON, "e1", "orders.email.dlq");
    }

    @Test
    void a_poison_message_dead_lettered_by_another_group_is_named() {
        run.deadLetters.add(new DeadLetter("orders.shipping.dlq", "poison-1"));
        assertBroken(ONLY_POISON, "poison-1", "orders.shipping.dlq");
    }

    @Test
    void a_dead_letter_that_was_not_collected_is_named() {
        run.collected.remove(0);
        assertBroken(STORED, "poison-1", "orders.inventory.dlq", "0 times");
    }

    @Test
    void a_dead_letter_that_is_stored_twice_is_named() {
        run.collected.add(run.collected.get(0));
        assertBroken(STORED, "poison-1", "orders.inventory.dlq", "2 times");
    }

    @Test
    void a_dead_letter_with_the_wrong_number_of_redrives_or_failures_is_named() {
        run.collected.set(0, new Collected("orders.inventory.dlq", "poison-1", "WAITING", 2, 3));
        run.collected.set(1, new Collected("orders.email.dlq", "poison-1", "REDRIVEN", 1, 1));
        assertBroken(STORED, "orders.inventory.dlq", "redriven 2 times", "orders.email.dlq", "REDRIVEN");
    }

    @Test
    void a_good_message_that_is_stored_as_a_dead_letter_is_named() {
        run.collected.add(new Collected("orders.email.dlq", "order.created.v1 e1", "WAITING", 1, 2));
        assertBroken(STORED, "e1");
    }

    @Test
    void a_process_that_grows_is_named() {
        Reading early = new Reading(40, 100, 20_000);
        run.vitals.add(new Vitals("order-service", early, new Reading(400, 100, 20_000)));
        run.vitals.add(new Vitals("email-service", early, new Reading(40, 1_000, 20_000)));
        run.vitals.add(new Vitals("shipping-service", early, new Reading(40, 100, 100_000)));
        assertBroken(LEVEL, "order-service", "email-service", "shipping-service");
    }

    @Test
    void a_process_that_did_not_end_is_named() {
        run.overdue.add("order-service had not ended after 15 s");
        assertBroken(ENDED, "order-service");
    }

    @Test
    void a_process_that_stays_down_is_named() {
        run.down.add("order-service says it is DOWN");
        assertBroken(UP, "order-service");
    }

    @Test
    void the_report_lists_violations_and_what_held() {
        run.seen.removeIf(event -> event.id().equals("e2"));

        String report = Report.of(Invariants.check(run.observations()));

        assertThat(report).containsPattern("every committed event is on the broker +BROKEN \\(1\\)\n +.*e2");
        assertThat(report).containsPattern("nothing is parked or unsent.* held");
    }

    private void assertBroken(String invariant, String... names) {
        assertThat(String.join("\n", broken(invariant))).as(invariant).contains(names);
    }

    private List<String> broken(String invariant) {
        return Invariants.check(run.observations()).stream()
                .filter(verdict -> verdict.invariant().equals(invariant))
                .findFirst()
                .orElseThrow()
                .broken();
    }

    @Test
    void only_the_cancellation_request_may_be_repeated() {
        run.orders.set(1, order("cancelled", "buyer-2", "CANCELLED", "CANCELLING"));
        assertBroken(PUBLISHED, "cancelled", "CANCELLING");

        run.committed.add(new Event("orders", "cancelled", "e6", "order.cancellation-requested.v1", 6));
        run.committed.add(new Event("orders", "cancelled", "e7", "order.cancellation-requested.v1", 7));
        assertThat(broken(PUBLISHED)).isEmpty();

        run.committed.add(new Event("orders", "cancelled", "e8", "order.cancelled.v1", 8));
        assertBroken(PUBLISHED, "cancelled");
    }

    private static Order order(String id, String customer, String status, String before) {
        return new Order(id, customer, status, Map.of("MUG", 2), Set.of("PENDING", before, status));
    }

    private static Order order(String id, String customer, String status) {
        return new Order(id, customer, status, Map.of("MUG", 2), Set.of("PENDING", status));
    }

    /** One order shipped, one cancelled, one invalid request refused, one poison message dead-lettered. */
    private static final class Run {
        final List<Request> requests = list(
                new Request("buyer-1", true, true, Set.of("shipped")),
                new Request("buyer-2", true, true, Set.of("cancelled")),
                new Request("buyer-3", false, true, Set.of()));
        final List<Order> orders = list(
                new Order("shipped", "buyer-1", "SHIPPED", Map.of("MUG", 2), Set.of("PENDING", "CONFIRMED", "SHIPPED")),
                order("cancelled", "buyer-2", "CANCELLED"));
        final List<Stock> stock = list(new Stock("MUG", 10, 8, 0, 2));
        final List<Shipment> shipments = list(new Shipment("s1", "shipped", "DISPATCHED"));
        final List<Mail> mails = list(
                new Mail("shipped", "confirmation", "m1"),
                new Mail("shipped", "dispatch-note", "m2"),
                new Mail("cancelled", "cancellation", "m3"));
        final List<Event> committed = list(
                new Event("orders", "shipped", "e1", "order.created.v1", 1),
                new Event("orders", "shipped", "e2", "order.confirmed.v1", 4),
                new Event("orders", "shipped", "e3", "order.shipped.v1", 5),
                new Event("orders", "cancelled", "e4", "order.created.v1", 2),
                new Event("orders", "cancelled", "e5", "order.cancelled.v1", 3),
                new Event("inventory", "shipped", "i1", "inventory.reserved.v1", 1));
        final List<Noted> noted = list(new Noted("shipped", "i1"));
        final List<Event> seen = list(committed.toArray(Event[]::new));
        final Set<String> cancelled = new HashSet<>(Set.of("cancelled"));
        final Set<String> phantoms = new HashSet<>();
        int mailFaults;
        final List<Poison> poison = list(new Poison("poison-1", "orders", Set.of("inventory", "email")));
        final List<DeadLetter> deadLetters = list(
                new DeadLetter("orders.inventory.dlq", "poison-1"), new DeadLetter("orders.email.dlq", "poison-1"));
        final List<Collected> collected = list(
                new Collected("orders.inventory.dlq", "poison-1", "WAITING", 1, 2),
                new Collected("orders.email.dlq", "poison-1", "WAITING", 1, 2));
        final List<String> waiting = list();
        final List<Vitals> vitals =
                list(new Vitals("order-service", new Reading(40, 100, 20_000), new Reading(45, 110, 25_000)));
        final List<String> overdue = list();
        final List<String> down = list();

        Observations observations() {
            return new Observations(
                    requests,
                    orders,
                    stock,
                    shipments,
                    mails,
                    committed,
                    seen,
                    noted,
                    deadLetters,
                    collected,
                    new Harm(cancelled, phantoms, poison, Set.of("poison-1"), 1, mailFaults),
                    waiting,
                    vitals,
                    overdue,
                    down);
        }

        @SafeVarargs
        private static <T> List<T> list(T... elements) {
            return new java.util.ArrayList<>(List.of(elements));
        }
    }
}
