package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptivePollSizeTest {

    private Duration now = Duration.ZERO;
    private final AdaptivePollSize size = new AdaptivePollSize(200, Duration.ofMinutes(5), () -> now.toNanos());

    @Test
    void it_starts_small_and_grows_to_what_is_handled_within_the_budget() {
        assertThat(size.limit()).isEqualTo(AdaptivePollSize.INITIAL);

        handle(10, Duration.ofSeconds(10));
        assertThat(size.limit()).isEqualTo(30);

        handle(30, Duration.ofMillis(1));
        assertThat(size.limit()).isEqualTo(200);
    }

    @Test
    void it_is_one_where_a_message_takes_longer_than_the_budget() {
        handle(10, Duration.ofMinutes(6));

        assertThat(size.limit()).isEqualTo(1);
    }

    @Test
    void polls_without_a_commit_are_measured_together() {
        size.polled(5);
        now = now.plusSeconds(50);
        size.polled(5);
        now = now.plusSeconds(50);
        size.committed();

        assertThat(size.limit()).isEqualTo(30);
    }

    @Test
    void an_empty_commit_changes_nothing() {
        handle(10, Duration.ofSeconds(10));
        now = now.plusSeconds(1000);
        size.committed();

        assertThat(size.limit()).isEqualTo(30);
    }

    private void handle(int messages, Duration each) {
        size.polled(messages);
        now = now.plus(each.multipliedBy(messages));
        size.committed();
    }
}
