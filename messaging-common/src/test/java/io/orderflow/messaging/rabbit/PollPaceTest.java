package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {

    private Duration now = Duration.ZERO;
    private final PollPace pace = new PollPace(200, Duration.ofMinutes(5), () -> now.toNanos());

    @Test
    void it_begins_with_few_and_goes_on_with_as_many_as_can_be_handled_in_time() {
        assertThat(pace.limit()).isEqualTo(PollPace.FIRST);

        handle(10, Duration.ofSeconds(10));
        assertThat(pace.limit()).isEqualTo(30);

        handle(30, Duration.ofMillis(1));
        assertThat(pace.limit()).isEqualTo(200);
    }

    @Test
    void what_takes_longer_than_the_time_comes_one_at_a_time() {
        handle(10, Duration.ofMinutes(6));

        assertThat(pace.limit()).isEqualTo(1);
    }

    @Test
    void polls_without_a_commit_count_together_from_the_first_one_on() {
        pace.polled(5);
        now = now.plusSeconds(50);
        pace.polled(5);
        now = now.plusSeconds(50);
        pace.committed();

        assertThat(pace.limit()).isEqualTo(30);
    }

    @Test
    void a_commit_of_nothing_changes_nothing() {
        handle(10, Duration.ofSeconds(10));
        now = now.plusSeconds(1000);
        pace.committed();

        assertThat(pace.limit()).isEqualTo(30);
    }

    private void handle(int messages, Duration each) {
        pace.polled(messages);
        now = now.plus(each.multipliedBy(messages));
        pace.committed();
    }
}
