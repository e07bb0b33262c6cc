package io.orderflow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void the_median_is_that_of_the_rounds_and_not_of_the_sides() {
        Ratio ratio = new Ratio(List.of(80.0, 10.0, 270.0), List.of(100.0, 10.0, 300.0));

        assertThat(ratio.median()).isCloseTo(0.9, within(1e-9));
        assertThat(ratio.lowest()).isCloseTo(0.8, within(1e-9));
        assertThat(ratio.highest()).isCloseTo(1.0, within(1e-9));
        assertThat(ratio.medianOfOurs()).isEqualTo(80.0);
    }

    @Test
    void of_an_even_number_the_median_is_the_mean_of_the_middle_two() {
        assertThat(new Ratio(List.of(1.0, 2.0, 3.0, 10.0), List.of(1.0, 1.0, 1.0, 1.0)).median())
                .isEqualTo(2.5);
    }

    @Test
    void a_line_says_when_the_bar_is_missed() {
        Ratio half = new Ratio(List.of(50_000.0), List.of(100_000.0));

        assertThat(Line.compared("kafka: produce", half, 0.8).markdown())
                .isEqualTo(
                        "| kafka: produce | 50,000 /s | 100,000 /s | 0.50 (0.50 to 0.50) | >= 0.80 | **below the bar** |");
    }
}
