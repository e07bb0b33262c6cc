package io.orderflow.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.EndpointAccess;
import io.orderflow.messaging.testkit.service.SecuredTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which role may call which endpoint. A new endpoint needs a row here and a rule in the service. */
@SecuredTest
class ShippingAccessTest extends RunningShippingService {

    private static final String API = """
            GET /error: nobody
            GET /express-orders: service, reader, operator
            GET /readyz: everybody
            GET /shipments/{id}: service, reader, operator
            GET /shipments: service, reader, operator
            POST /error: nobody
            """;

    @Test
    void everyEndpointHasARule(@Autowired EndpointAccess access) {
        assertThat(access.ofApi()).isEqualTo(API);
    }
}
