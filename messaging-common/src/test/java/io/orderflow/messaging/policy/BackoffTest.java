package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "6, 1000", "2147483647, 1000"})
    void each_pause_is_twice_the_one_before_up_to_the_longest(int failures, long millis) {
        assertThat(new Backoff(FIRST, LONGEST, 0).after(failures, () -> 0.9)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2147483648"})
    void without_a_failure_the_pause_is_the_first_one(int failures) {
        assertThat(new Backoff(FIRST, LONGEST, 0).after(failures, () -> 0.5)).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @CsvSource({"0, 150", "0.5, 200", "1, 250"})
    void the_jitter_varies_a_pause_in_both_directions(double random, long millis) {
        assertThat(new Backoff(FIRST, LONGEST, 0.25).after(2, () -> random)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void the_longest_pause_is_varied_too() {
        assertThat(new Backoff(FIRST, LONGEST, 0.25).after(50, () -> 1)).isEqualTo(Duration.ofMillis(1250));
    }

    @Test
    void pauses_of_a_day_do_not_overflow() {
        Duration day = Duration.ofDays(1);
        assertThat(new Backoff(day, day.multipliedBy(30), 0).after(100, () -> 0.5))
                .isEqualTo(Duration.ofDays(30));
    }

    @ParameterizedTest
    @CsvSource({"-1, 100, 0", "100, 99, 0", "100, 100, -0.1", "100, 100, 1.1"})
    void values_that_make_no_sense_are_rejected(long first, long longest, double jitter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofMillis(first), Duration.ofMillis(longest), jitter))
                .withMessageContaining("jitter=" + jitter);
    }
}
