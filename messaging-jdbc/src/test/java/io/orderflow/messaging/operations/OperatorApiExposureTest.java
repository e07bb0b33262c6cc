package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OperatorApiExposureTest {

    private static final String WARNING = "The operator API (messaging.operations.enabled) is not protected";

    @Test
    void it_is_off_by_default(CapturedOutput output) {
        try (ForeignApplication application = new ForeignApplication("messaging.operations.enabled=false")) {
            assertThat(application.get("/actuator/health").status()).isEqualTo(200);
            for (String path : new String[] {"/dead-letters", "/outbox/parked", "/groups", "/subscriptions"}) {
                assertThat(application.get(path).status()).as(path).isEqualTo(404);
            }
        }
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void without_security_it_is_served_on_the_management_port_and_one_line_warns(CapturedOutput output) {
        try (ForeignApplication application = new ForeignApplication()) {
            assertThat(application.get("/dead-letters").status()).isEqualTo(200);
            assertThat(application.onPublicPort("/dead-letters").status()).isEqualTo(404);
        }
        assertThat(output).containsOnlyOnce(WARNING).contains("or set management.server.address=127.0.0.1");
    }

    @Test
    void on_the_loopback_interface_it_needs_no_security(CapturedOutput output) {
        try (ForeignApplication application = new ForeignApplication("management.server.address=127.0.0.1")) {
            assertThat(application.get("/dead-letters").status()).isEqualTo(200);
        }
        assertThat(output).doesNotContain(WARNING);
    }

    @Test
    void it_shares_the_port_of_an_application_without_a_management_port(CapturedOutput output) {
        try (ForeignApplication application = new ForeignApplication("management.server.port=")) {
            assertThat(application.onPublicPort("/dead-letters").status()).isEqualTo(200);
            application.onPublicPort("/dead-letters?size=x").assertInvalid("size", "must be a whole number");
            assertThat(application.onPublicPort("/things?number=1").json().toString())
                    .isEqualTo("{\"display_name\":\"thing 1\"}");
        }
        assertThat(output).containsOnlyOnce(WARNING).contains("or set server.address=127.0.0.1");
    }
}
