package io.orderflow.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.testkit.service.EndpointAccess;
import io.orderflow.messaging.testkit.service.SecuredTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which role may call which endpoint. A new endpoint needs a row here and a rule in the service. */
@SecuredTest
class InventoryAccessTest extends RunningInventoryService {

    private static final String API = """
            GET /error: nobody
            GET /readyz: everybody
            GET /reservations/{orderId}: service, reader, operator
            GET /stock/{sku}: customer, service, reader, operator
            GET /stock: customer, service, reader, operator
            POST /error: nobody
            """;

    @Test
    void everyEndpointHasARule(@Autowired EndpointAccess access) {
        assertThat(access.ofApi()).isEqualTo(API);
    }
}
