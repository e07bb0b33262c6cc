package io.orderflow.console.overview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    private final PrometheusText metrics = new PrometheusText("""
            # HELP messaging_group_backlog Messages
            # TYPE messaging_group_backlog gauge
            messaging_group_backlog{group="email",topic="orders"} 12.0
            messaging_group_backlog{group="a \\"b\\"",topic="x,y"} 1.5E3
            messaging_group_backlog_other 7.0
            messaging_outbox_rows 4.0
            messaging_outbox_oldest_age_seconds NaN
            """);

    @Test
    void values_are_summed_over_all_labels() {
        assertThat(metrics.sum("messaging_group_backlog")).isEqualTo(1_512);
        assertThat(metrics.sum("messaging_outbox_rows")).isEqualTo(4);
        assertThat(metrics.sum("messaging_unknown")).isZero();
    }

    @Test
    void labels_may_contain_quotes_and_commas() {
        assertThat(metrics.lines("messaging_group_backlog").skip(1).findFirst().orElseThrow())
                .satisfies(line -> assertThat(line.label("group")).isEqualTo("a \"b\""))
                .satisfies(line -> assertThat(line.label("topic")).isEqualTo("x,y"))
                .satisfies(line -> assertThat(line.label("missing")).isEmpty());
    }

    @Test
    void what_is_not_a_number_counts_as_0() {
        assertThat(metrics.max("messaging_outbox_oldest_age_seconds")).isZero();
        assertThat(metrics.max("messaging_unknown")).isZero();
    }
}
