package io.orderflow.systemtests.chaos.checking;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Noted;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From the databases to the broker: all of it, nothing else, in order. */
final class EventInvariants {

    private static final String CANCELLATION_REQUESTED = "order.cancellation-requested.v1";

    private static final Map<String, String> TYPE_OF_STATE = Map.of(
            "PENDING", "order.created.v1",
            "CONFIRMED", "order.confirmed.v1",
            "REJECTED", "order.rejected.v1",
            "CANCELLING", CANCELLATION_REQUESTED,
            "CANCELLED", "order.cancelled.v1",
            "SHIPPED", "order.shipped.v1");

    /** Topics whose events order-service draws its conclusions from. */
    private static final Set<String> ABOUT_ORDERS = Set.of("inventory", "shipping");

    static final List<Invariant> ALL = List.of(
            new Invariant("each state of an order was told by one event", EventInvariants::untold),
            new Invariant("every committed event is on the broker", EventInvariants::lost),
            new Invariant("no event is on the broker that was not committed", EventInvariants::uncommitted),
            new Invariant("events of a key appear first in the order of their commits", EventInvariants::disordered),
            new Invariant("what others tell of an order is in its timeline once", EventInvariants::notNotedOnce),
            new Invariant(
                    "nothing is left to do, and no number of an order's events is missed", Observations::waiting));

    private EventInvariants() {}

    private static List<String> untold(Observations seen) {
        Map<String, List<String>> told = new HashMap<>();
        seen.committed().stream()
                .filter(event -> event.topic().equals("orders"))
                .forEach(event -> told.computeIfAbsent(event.key(), key -> new ArrayList<>())
                        .add(event.type()));
        List<String> broken = new ArrayList<>();
        for (Order order : seen.orders()) {
            List<String> types = once(told.getOrDefault(order.id(), List.of()), CANCELLATION_REQUESTED);
            List<String> expected = order.states().stream()
                    .map(state -> TYPE_OF_STATE.getOrDefault(state, state))
                    .sorted()
                    .toList();
            if (!types.equals(expected)) {
                broken.add(order.id() + " went through " + order.states() + " and told " + types);
            }
        }
        return broken;
    }

    /** Sorted, and with only one of the type that may be repeated: a client that got no answer requests again. */
    private static List<String> once(List<String> types, String repeatable) {
        Stream<String> others = types.stream().filter(type -> !type.equals(repeatable));
        return Stream.concat(others, types.stream().filter(repeatable::equals).limit(1))
                .sorted()
                .toList();
    }

    private static List<String> lost(Observations seen) {
        Set<String> ids = seen.seen().stream().map(Event::id).collect(toSet());
        return seen.committed().stream()
                .filter(event -> !ids.contains(event.id()))
                .map(EventInvariants::told)
                .toList();
    }

    private static List<String> uncommitted(Observations seen) {
        Set<String> ids = seen.committed().stream().map(Event::id).collect(toSet());
        return seen.seen().stream()
                .filter(event ->
                        !ids.contains(event.id()) && !seen.harm().foreign().contains(event.id()))
                .map(EventInvariants::told)
                .distinct()
                .toList();
    }

    private static List<String> disordered(Observations seen) {
        Map<String, Long> places =
                seen.committed().stream().collect(toMap(Event::id, Event::place, (first, second) -> first));
        Map<String, Event> latest = new HashMap<>();
        Set<String> known = new HashSet<>();
        List<String> broken = new ArrayList<>();
        for (Event event : seen.seen()) {
            if (!places.containsKey(event.id()) || !known.add(event.id())) {
                continue;
            }
            Event before = latest.put(event.topic() + " " + event.key(), event);
            if (before != null && places.get(before.id()) > places.get(event.id())) {
                broken.add(told(event) + " came after " + told(before));
            }
        }
        return broken;
    }

    /** Whatever an event changes or does not: it is handled, and once. */
    private static List<String> notNotedOnce(Observations seen) {
        Set<String> orders = seen.orders().stream().map(Order::id).collect(toSet());
        Map<String, Long> times = seen.noted().stream().collect(groupingBy(Noted::eventId, counting()));
        return seen.committed().stream()
                .filter(event -> ABOUT_ORDERS.contains(event.topic()) && orders.contains(event.key()))
                .filter(event -> times.getOrDefault(event.id(), 0L) != 1)
                .map(event -> told(event) + " is noted " + times.getOrDefault(event.id(), 0L) + " times")
                .toList();
    }

    private static String told(Event event) {
        return event.type() + " " + event.id() + " of " + event.key() + " on " + event.topic();
    }
}
