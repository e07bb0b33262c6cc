package io.orderflow.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortPlanTest {

    @Test
    void an_offset_moves_all_ports_but_those_in_the_environment() {
        PortPlan ports = PortPlan.usual(Map.of("MAIL_PORT", "7"), 1_000);

        assertThat(ports.port("ORDER_PORT", 8081)).isEqualTo(9081);
        assertThat(ports.port("MAIL_PORT", 8025)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "99999999999", "eighty", "80.0", ""})
    void an_invalid_port_is_rejected_and_named(String port) {
        assertThatThrownBy(() -> PortPlan.usual(Map.of("ORDER_PORT", port), 0).port("ORDER_PORT", 8081))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("ORDER_PORT")
                .hasMessageContaining("'" + port + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-8081, 60_000})
    void an_offset_out_of_range_is_rejected(int offset) {
        assertThatThrownBy(() -> PortPlan.fixed(Map.of(), offset).port("ORDER_PORT", 8081))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("1 to 65535");
    }

    @Test
    void a_port_in_use_is_named_with_the_alternatives() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> PortPlan.fixed(Map.of(), 0).port("ORDER_PORT", port))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + port + " is in use")
                    .hasMessageContaining("ORDER_PORT=<port>");
        }
    }
}
