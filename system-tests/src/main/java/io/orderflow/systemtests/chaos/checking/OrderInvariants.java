package io.orderflow.systemtests.chaos.checking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Request;
import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The orders agree with the answers to clients. */
final class OrderInvariants {

    static final Set<String> FINAL = Set.of("SHIPPED", "REJECTED", "CANCELLED");

    static final List<Invariant> ALL = List.of(
            new Invariant("every request is answered, a repeated one with the same order", OrderInvariants::answers),
            new Invariant("invalid requests are refused", OrderInvariants::acceptedInvalid),
            new Invariant("every accepted order exists exactly once", OrderInvariants::notOnce),
            new Invariant("every order was accepted", OrderInvariants::notAccepted),
            new Invariant("every order is in a final state", OrderInvariants::notFinal),
            new Invariant(
                    "only orders with a cancellation request are cancelled", OrderInvariants::cancelledWithoutRequest),
            new Invariant(
                    "no order is rejected whose articles were in stock for all", OrderInvariants::rejectedWithStock));

    private OrderInvariants() {}

    private static List<String> answers(Observations seen) {
        List<String> broken = new ArrayList<>();
        for (Request request : seen.requests()) {
            if (!request.answered()) {
                broken.add(request.customer() + " was never answered");
            } else if (request.valid() && !request.accepted()) {
                broken.add(request.customer() + " was refused and should not be");
            } else if (request.ids().size() > 1) {
                broken.add(request.customer() + " was answered with " + String.join(" and ", request.ids()));
            }
        }
        return broken;
    }

    private static List<String> acceptedInvalid(Observations seen) {
        return seen.requests().stream()
                .filter(request -> !request.valid() && request.accepted())
                .map(request -> String.join(", ", request.ids()) + " of " + request.customer())
                .toList();
    }

    private static List<String> notOnce(Observations seen) {
        Map<String, List<Order>> byCustomer = seen.orders().stream().collect(groupingBy(Order::customer));
        Set<String> existing = seen.orders().stream()
                .collect(toMap(Order::id, Function.identity(), (a, b) -> a))
                .keySet();
        List<String> broken = new ArrayList<>();
        for (Request request : seen.requests()) {
            request.ids().stream()
                    .filter(id -> !existing.contains(id))
                    .forEach(id -> broken.add(id + " of " + request.customer() + " is missing"));
            List<Order> orders = byCustomer.getOrDefault(request.customer(), List.of());
            if (orders.size() > 1) {
                broken.add(request.customer() + " has "
                        + String.join(" and ", orders.stream().map(Order::id).toList()));
            }
        }
        return broken;
    }

    private static List<String> notAccepted(Observations seen) {
        Map<String, Set<String>> accepted =
                seen.requests().stream().collect(toMap(Request::customer, Request::ids, (a, b) -> a));
        return seen.orders().stream()
                .filter(order ->
                        !accepted.getOrDefault(order.customer(), Set.of()).contains(order.id()))
                .map(order -> order.id() + " of " + order.customer())
                .toList();
    }

    /** The deadline for a reservation is far longer than any run. */
    private static List<String> cancelledWithoutRequest(Observations seen) {
        return seen.orders().stream()
                .filter(order ->
                        order.is("CANCELLED") && !seen.harm().cancelled().contains(order.id()))
                .map(Order::id)
                .toList();
    }

    /** Articles whose stock covers all orders, cancelled ones included, are never a reason to reject. */
    private static List<String> rejectedWithStock(Observations seen) {
        Map<String, Long> wanted = new HashMap<>();
        seen.orders()
                .forEach(order -> order.items().forEach((sku, number) -> wanted.merge(sku, (long) number, Long::sum)));
        Set<String> plenty = seen.stock().stream()
                .filter(stock -> wanted.getOrDefault(stock.sku(), 0L) <= stock.start())
                .map(Stock::sku)
                .collect(toSet());
        return seen.orders().stream()
                .filter(order ->
                        order.is("REJECTED") && plenty.containsAll(order.items().keySet()))
                .map(order -> order.id() + " wanted " + order.items())
                .toList();
    }

    private static List<String> notFinal(Observations seen) {
        return seen.orders().stream()
                .filter(order -> !FINAL.contains(order.status()))
                .map(order -> order.id() + " is " + order.status())
                .toList();
    }
}
