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

/** The observations of a run in which all invariants hold; a test changes them to violate one. */
abstract class CorrectRun {

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
    final List<DeadLetter> deadLetters =
            list(new DeadLetter("orders.inventory.dlq", "poison-1"), new DeadLetter("orders.email.dlq", "poison-1"));
    final List<Collected> collected = list(
            new Collected("orders.inventory.dlq", "poison-1", "WAITING", 1, 2),
            new Collected("orders.email.dlq", "poison-1", "WAITING", 1, 2));
    final List<String> waiting = list();
    final List<String> missing = list();
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
                missing,
                vitals,
                overdue,
                down);
    }

    @SafeVarargs
    private static <T> List<T> list(T... elements) {
        return new java.util.ArrayList<>(List.of(elements));
    }

    void assertBroken(String invariant, String... names) {
        assertThat(String.join("\n", broken(invariant))).as(invariant).contains(names);
    }

    List<String> broken(String invariant) {
        return Invariants.check(observations()).stream()
                .filter(verdict -> verdict.invariant().equals(invariant))
                .findFirst()
                .orElseThrow()
                .broken();
    }

    static Order order(String id, String customer, String status, String before) {
        return new Order(id, customer, status, Map.of("MUG", 2), Set.of("PENDING", before, status));
    }

    static Order order(String id, String customer, String status) {
        return new Order(id, customer, status, Map.of("MUG", 2), Set.of("PENDING", status));
    }
}
