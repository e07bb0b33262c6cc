package io.orderflow.systemtests.chaos.checking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Shipment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each shipped order has one parcel. */
final class ShippingInvariants {

    static final List<Invariant> ALL = List.of(new Invariant(
            "one shipment dispatched per shipped order, none for another", ShippingInvariants::shipments));

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
}
