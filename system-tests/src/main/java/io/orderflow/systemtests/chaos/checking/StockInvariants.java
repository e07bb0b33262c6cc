package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import java.util.List;
import java.util.stream.Stream;

/** Stock is conserved, and no article is sold twice. */
final class StockInvariants {

    static final List<Invariant> ALL = List.of(
            new Invariant(
                    "per sku: start = available + reserved + shipped, nothing negative",
                    seen -> of(seen, StockInvariants::isConserved)),
            new Invariant(
                    "per sku: shipped is the sum of the shipped orders, nothing stays reserved",
                    seen -> of(
                            seen,
                            stock -> stock.reserved() == 0 && stock.shipped() == ordered(seen.orders(), stock.sku()))));

    @FunctionalInterface
    private interface Rule {
        boolean holds(Stock stock);
    }

    private StockInvariants() {}

    private static List<String> of(Observations seen, Rule rule) {
        return seen.stock().stream()
                .filter(stock -> !rule.holds(stock))
                .map(stock -> "%s: start %d, available %d, reserved %d, shipped %d, in shipped orders %d"
                        .formatted(
                                stock.sku(),
                                stock.start(),
                                stock.available(),
                                stock.reserved(),
                                stock.shipped(),
                                ordered(seen.orders(), stock.sku())))
                .toList();
    }

    private static boolean isConserved(Stock stock) {
        return stock.start() == stock.available() + stock.reserved() + stock.shipped()
                && Stream.of(stock.available(), stock.reserved(), stock.shipped())
                        .allMatch(number -> number >= 0);
    }

    private static long ordered(List<Order> orders, String sku) {
        return orders.stream()
                .filter(order -> order.is("SHIPPED"))
                .mapToLong(order -> order.items().getOrDefault(sku, 0))
                .sum();
    }
}
