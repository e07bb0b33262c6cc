package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void failures_with_different_messages_are_alike() {
        assertThat(Fingerprint.of(failure(new IllegalStateException("order o1"), 30)))
                .isEqualTo(Fingerprint.of(failure(new IllegalStateException("order o2"), 30)))
                .hasToString("java.lang.IllegalStateException at com.shop.Stock#reserve:30");
    }

    @Test
    void failures_of_another_type_or_in_another_place_are_not() {
        Fingerprint fingerprint = Fingerprint.of(failure(new IllegalStateException(), 30));
        assertThat(Fingerprint.of(failure(new IllegalStateException(), 31))).isNotEqualTo(fingerprint);
        assertThat(Fingerprint.of(failure(new IllegalArgumentException(), 30))).isNotEqualTo(fingerprint);
    }

    @Test
    void only_the_root_cause_has_a_type() {
        Exception root = failure(new IllegalStateException(), 30);
        assertThat(Fingerprint.of(new RuntimeException(root))).isEqualTo(Fingerprint.of(root));
    }

    private static Exception failure(Exception failure, int line) {
        failure.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("com.shop.Stock", "reserve", "Stock.java", line)});
        return failure;
    }
}
