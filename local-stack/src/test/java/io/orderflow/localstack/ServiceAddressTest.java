package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceAddressTest {

    @Test
    void an_address_in_the_environment_wins() {
        Map<String, String> environment =
                Map.of("ORDER_URL", "http://order-service:8080", "ORDER_MANAGEMENT_URL", "http://order-service:9090");

        assertThat(Service.ORDER.usualAddress(environment, 0)).isEqualTo(URI.create("http://order-service:8080"));
        assertThat(Service.ORDER.usualManagementAddress(environment, 1_000))
                .isEqualTo(URI.create("http://order-service:9090"));
        assertThat(Service.EMAIL.usualAddress(environment, 0)).isEqualTo(URI.create("http://localhost:8084"));
    }

    @Test
    void without_one_it_is_the_port_that_the_stack_was_started_with() {
        assertThat(Service.EMAIL.usualAddress(Map.of(), 1_000)).isEqualTo(URI.create("http://localhost:9084"));
        assertThat(Service.EMAIL.usualManagementAddress(Map.of("EMAIL_MANAGEMENT_PORT", "7"), 1_000))
                .isEqualTo(URI.create("http://localhost:7"));
    }
}
