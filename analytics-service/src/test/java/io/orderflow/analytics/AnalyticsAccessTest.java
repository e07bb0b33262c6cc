package io.orderflow.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.EndpointAccess;
import io.orderflow.messaging.testkit.service.RunningService;
import io.orderflow.messaging.testkit.service.SecuredTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which role may call which endpoint. A new endpoint needs a row here and a rule in the service. */
@SecuredTest
class AnalyticsAccessTest extends RunningService {

    private static final String API = """
            GET /analytics/customers/{id}: service, reader, operator
            GET /analytics/high-value: service, reader, operator
            GET /analytics/orders-per-minute: service, reader, operator
            GET /analytics/rebuilt/differences: service, reader, operator
            GET /analytics/suspicious: service, reader, operator
            GET /error: nobody
            GET /readyz: everybody
            POST /error: nobody
            """;

    @Test
    void everyEndpointHasARule(@Autowired EndpointAccess access) {
        assertThat(access.ofApi()).isEqualTo(API);
    }
}
