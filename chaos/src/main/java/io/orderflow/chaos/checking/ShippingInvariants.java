package io.orderflow.chaos.checking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.orderflow.chaos.checking.Observations.Mail;
import io.orderflow.chaos.checking.Observations.Order;
import io.orderflow.chaos.checking.Observations.Shipment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What reaches the customer: a parcel or none, and what there is to say, once. */
final class ShippingInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant("one shipment dispatched per shipped order, none for another", ShippingInvariants::shipments),
            new Invariant("one mail per order and kind, no kind missing", ShippingInvariants::mails));

    private ShippingInvariants() {}

    private static List<String> shipments(Observations seen) {
        Map<String, List<Shipment>> byOrder = seen.shipments().stream().collect(groupingBy(Shipment::orderId));
        List<String> broken = new ArrayList<>();
        for (Order order : seen.orders()) {
            List<Shipment> shipments = byOrder.getOrDefault(order.id(), List.of());
            long dispatched = shipments.stream()
                    .filter(shipment -> shipment.status().equals("DISPATCHED"))
                    .count();
            if (dispatched != (order.is("SHIPPED") ? 1 : 0)) {
                broken.add(order.id() + " is " + order.status() + " and has " + dispatched + " dispatched of "
                        + shipments.size() + " shipments");
            }
        }
        Set<String> orders = seen.orders().stream().map(Order::id).collect(toSet());
        byOrder.keySet().stream()
                .filter(id -> !orders.contains(id))
                .forEach(id -> broken.add(id + " has a shipment and is no order"));
        return broken;
    }

    private static List<String> mails(Observations seen) {
        Map<String, Map<String, Set<String>>> byOrder = seen.mails().stream()
                .collect(groupingBy(Mail::orderId, groupingBy(Mail::kind, mapping(Mail::messageId, toSet()))));
        List<String> broken = new ArrayList<>();
        for (Order order : seen.orders()) {
            Map<String, Set<String>> mails = byOrder.getOrDefault(order.id(), Map.of());
            Set<String> kinds = new TreeSet<>(mails.keySet());
            if (!kinds.equals(expected(order))) {
                broken.add(
                        order.id() + " is " + order.status() + " and got " + kinds + " instead of " + expected(order));
            }
            mails.forEach((kind, messageIds) -> {
                if (messageIds.size() > 1) {
                    broken.add(order.id() + " got " + messageIds.size() + " different mails of kind " + kind);
                }
            });
        }
        return broken;
    }

    private static Set<String> expected(Order order) {
        Set<String> kinds = new TreeSet<>();
        if (order.states().contains("CONFIRMED")) {
            kinds.add("confirmation");
        }
        switch (order.status()) {
            case "SHIPPED" -> kinds.add("dispatch-note");
            case "REJECTED" -> kinds.add("rejection");
            case "CANCELLED" -> kinds.add("cancellation");
            default -> {}
        }
        return kinds;
    }
}
