package io.orderflow.shipping;

import io.orderflow.messaging.testkit.service.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole service, with a carrier that can be asked what it has booked; all tests that extend this share it. */
@Import(WithTestCarrier.class)
public abstract class RunningShippingService extends RunningService {

    @Autowired
    protected TestCarrier carrier;

    @Autowired
    protected JdbcClient jdbc;

    protected RunningShippingService() {
        super("shipping", "shipments", "shipments.express", "orders.shipping.dlq", "shipments.shipping.dlq");
    }
}
