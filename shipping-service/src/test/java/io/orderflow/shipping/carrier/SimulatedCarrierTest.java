package io.orderflow.shipping.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderflow.shipping.domain.CarrierUnavailableException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedCarrierTest {

    @Test
    void a_booking_is_derived_from_its_reference() {
        assertThat(carrier(0, List.of(0.0)).book("shipment-1"))
                .isEqualTo(carrier(0, List.of(0.0)).book("shipment-1"))
                .isNotEqualTo(carrier(0, List.of(0.0)).book("shipment-2"));
    }

    @Test
    void fails_at_the_configured_rate() {
        SimulatedCarrier carrier = carrier(0.3, List.of(0.2, 0.3));

        assertThatExceptionOfType(CarrierUnavailableException.class)
                .isThrownBy(() -> carrier.book("shipment-1"))
                .withMessageContaining("shipment-1");
        assertThat(carrier.book("shipment-1")).isNotNull();
    }

    @Test
    void an_interrupted_request_fails_and_keeps_the_interrupt() {
        SimulatedCarrier slow = new SimulatedCarrier(new SimulatedCarrierProperties(Duration.ofHours(1), 0), () -> 0);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> slow.cancel("shipment-1"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void an_invalid_failure_rate_names_its_property(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulatedCarrierProperties(Duration.ZERO, rate))
                .withMessageContaining("shipping.carrier.failure-rate");
    }

    private static SimulatedCarrier carrier(double failureRate, List<Double> random) {
        Iterator<Double> numbers = random.iterator();
        return new SimulatedCarrier(new SimulatedCarrierProperties(Duration.ZERO, failureRate), numbers::next);
    }
}
