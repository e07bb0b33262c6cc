package io.orderflow.order;

import io.orderflow.messaging.testkit.service.RunningService;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Starts the whole service once for all subclasses. */
@TestPropertySource(
        properties = {
            "orderflow.operator.password=" + Api.OPERATOR_PASSWORD,
            "messaging.payloads.token=" + Api.PAYLOADS_TOKEN,
            "orders.webhooks.retry-delays=100ms,200ms",
            "orders.webhooks.http.timeout=3s",
            "orders.webhooks.http.allow-loopback=true"
        })
public abstract class RunningOrderService extends RunningService {

    @Autowired
    protected JdbcClient jdbc;

    protected Api api;

    protected RunningOrderService() {
        super("orders");
    }

    @BeforeEach
    void connect() {
        api = new Api(port());
    }

    protected long rows(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
