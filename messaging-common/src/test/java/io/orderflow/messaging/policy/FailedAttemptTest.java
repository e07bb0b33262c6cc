package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedAttemptTest {

    private static final Instant FIRST = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void its_symptom_has_the_key_the_fingerprint_and_the_times_of_the_first_and_of_this_failure() {
        Exception failure = new IllegalStateException("failed");
        Instant now = FIRST.plusSeconds(60);

        OutageDetector.Symptom symptom = new FailedAttempt(failure, "k", new Attempts(2, FIRST), 1, now).symptom();

        assertThat(symptom)
                .isEqualTo(new OutageDetector.Symptom(
                        "k", Fingerprint.of(failure), OutageDetector.Fault.of(failure), FIRST, now));
    }
}
