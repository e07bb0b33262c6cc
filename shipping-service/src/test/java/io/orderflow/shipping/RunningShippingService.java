package io.orderflow.shipping;

import io.orderflow.messaging.testkit.service.RunningService;
import org.springframework.test.context.TestPropertySource;

/** The whole service; all tests that extend this share it. */
@TestPropertySource(properties = "shipping.carrier.delay=0s")
public abstract class RunningShippingService extends RunningService {

    protected RunningShippingService() {
        super("shipping", "shipments", "shipments.express", "orders.shipping.dlq", "shipments.shipping.dlq");
    }
}
