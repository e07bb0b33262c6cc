package io.orderflow.systemtests.chaos.checking;

import io.orderflow.systemtests.chaos.checking.Observations.Shipment;
import org.junit.jupiter.api.Test;

class ShippingInvariantsTest extends CorrectRun {

    private static final String SHIPMENTS = "one shipment dispatched per shipped order, none for another";

    @Test
    void a_shipped_order_without_a_shipment_is_named() {
        shipments.remove(0);
        assertBroken(SHIPMENTS, "shipped");
    }

    @Test
    void an_order_shipped_twice_is_named() {
        shipments.add(new Shipment("s2", "shipped", "DISPATCHED"));
        assertBroken(SHIPMENTS, "shipped");
    }

    @Test
    void a_cancelled_order_that_is_shipped_is_named() {
        shipments.add(new Shipment("s2", "cancelled", "DISPATCHED"));
        assertBroken(SHIPMENTS, "cancelled");
    }

    @Test
    void a_shipment_of_no_order_is_named() {
        shipments.add(new Shipment("s2", "unknown", "PLANNED"));
        assertBroken(SHIPMENTS, "unknown");
    }
}
