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

/** Committed events reach the broker: all of them, no others, in order. */
final class EventInvariants {

    private static final String CANCELLATION_REQUESTED = "order.cancellation-requested.v1";

    private static final Map<String, String> TYPE_OF_STATE = Map.of(
            "PENDING", "order.created.v1",
            "CONFIRMED", "order.confirmed.v1",
            "REJECTED", "order.rejected.v1",
            "CANCELLING", CANCELLATION_REQUESTED,
            "CANCELLED", "order.cancelled.v1",
            "SHIPPED", "order.shipped.v1");

    /** The topics of which order-service handles every event. */
    private static final Set<String> ABOUT_ORDERS = Set.of("inventory", "shipping");

    static final List<Invariant> ALL = List.of(
            new Invariant("each state of an order is published by one event", EventInvariants::unpublished),
            new Invariant("every committed event is on the broker", EventInvariants::lost),
            new Invariant("every event on the broker was committed", EventInvariants::uncommitted),
            new Invariant("the first occurrences of a key's events are in commit order", EventInvariants::outOfOrder),
            new Invariant("every event about an order is in its timeline once", EventInvariants::notRecordedOnce),
            new Invariant("nothing is parked or unsent, and no sequence number is missing", Observations::waiting),
            new Invariant(
                    "no service reports that a published message is missing in one of its groups",
                    Observations::missing));

    private EventInvariants() {}

    private static List<String> unpublished(Observations seen) {
        Map<String, List<String>> published = new HashMap<>();
        seen.committed().stream()
                .filter(event -> event.topic().equals("orders"))
                .forEach(event -> published
                        .computeIfAbsent(event.key(), key -> new ArrayList<>())
                        .add(event.type()));
        List<String> broken = new ArrayList<>();
        for (Order order : seen.orders()) {
            List<String> types = once(published.getOrDefault(order.id(), List.of()), CANCELLATION_REQUESTED);
            List<String> expected = order.states().stream()
                    .map(state -> TYPE_OF_STATE.getOrDefault(state, state))
                    .sorted()
                    .toList();
            if (!types.equals(expected)) {
                broken.add(order.id() + " went through " + order.states() + " and published " + types);
            }
        }
        return broken;
    }

    /** Sorted, with the repeatable type once: a client without an answer sends its request again. */
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
                .map(EventInvariants::describe)
                .toList();
    }

    private static List<String> uncommitted(Observations seen) {
        Set<String> ids = seen.committed().stream().map(Event::id).collect(toSet());
        return seen.seen().stream()
                .filter(event ->
                        !ids.contains(event.id()) && !seen.harm().foreign().contains(event.id()))
                .map(EventInvariants::describe)
                .distinct()
                .toList();
    }

    private static List<String> outOfOrder(Observations seen) {
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
                broken.add(describe(event) + " came after " + describe(before));
            }
        }
        return broken;
    }

    /** The timeline has events without an effect, too. */
    private static List<String> notRecordedOnce(Observations seen) {
        Set<String> orders = seen.orders().stream().map(Order::id).collect(toSet());
        Map<String, Long> times = seen.noted().stream().collect(groupingBy(Noted::eventId, counting()));
        return seen.committed().stream()
                .filter(event -> ABOUT_ORDERS.contains(event.topic()) && orders.contains(event.key()))
                .filter(event -> times.getOrDefault(event.id(), 0L) != 1)
                .map(event -> describe(event) + " is recorded " + times.getOrDefault(event.id(), 0L) + " times")
                .toList();
    }

    private static String describe(Event event) {
        return event.type() + " " + event.id() + " of " + event.key() + " on " + event.topic();
    }
}
