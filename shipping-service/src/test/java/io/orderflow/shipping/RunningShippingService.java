package io.orderflow.shipping;

import io.orderflow.messaging.testkit.service.RunningService;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole service with the test carrier. */
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
