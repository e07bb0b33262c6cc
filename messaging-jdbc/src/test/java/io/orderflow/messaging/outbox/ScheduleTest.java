package io.orderflow.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Instant NOW = Instant.now();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\0b", "a\nb"})
    void a_name_that_cannot_be_stored_or_listed_is_rejected(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule(name, NOW))
                .withMessageContaining("Nothing was scheduled.");
    }

    @Test
    void a_name_has_at_most_200_characters() {
        assertThat(new Schedule("n".repeat(200), NOW).name()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule("n".repeat(201), NOW))
                .withMessageContaining("1 to 200 characters")
                .withMessageContaining("201");
    }

    @Test
    void a_message_is_due_within_a_year_or_so() {
        Instant latest = NOW.plus(Duration.ofDays(366));
        assertThat(new Schedule("reminder", latest).due()).isEqualTo(latest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule("reminder", Instant.MAX))
                .withMessageContaining("'reminder' is due at +1000000000")
                .withMessageContaining("366 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Schedule("reminder", null))
                .withMessageContaining("'reminder' has no due time");
    }

    @Test
    void a_time_that_has_passed_means_at_once() {
        assertThat(new Schedule("reminder", Instant.MIN).due()).isBetween(NOW, NOW.plusSeconds(60));
    }
}
