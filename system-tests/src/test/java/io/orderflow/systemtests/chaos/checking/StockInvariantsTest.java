package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import org.junit.jupiter.api.Test;

class StockInvariantsTest extends CorrectRun {

    private static final String CONSERVED = "per sku: start = available + reserved + shipped, nothing negative";

    private static final String SOLD = "per sku: shipped is the sum of the shipped orders, nothing stays reserved";

    @Test
    void stock_that_disappeared_is_named() {
        stock.set(0, new Stock("MUG", 10, 7, 0, 2));
        assertBroken(CONSERVED, "MUG");
    }

    @Test
    void negative_stock_is_named() {
        stock.set(0, new Stock("MUG", 10, 9, -1, 2));
        assertBroken(CONSERVED, "MUG");
    }

    @Test
    void stock_that_stays_reserved_is_named() {
        stock.set(0, new Stock("MUG", 10, 7, 1, 2));
        assertBroken(SOLD, "MUG");
    }

    @Test
    void stock_that_left_without_an_order_is_named() {
        stock.set(0, new Stock("MUG", 10, 7, 0, 3));
        assertBroken(SOLD, "MUG");
    }
}
