package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Envelope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchedAheadTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int HALF = FetchedAhead.MOST_BYTES / 2;

    private final FetchedAhead ahead = new FetchedAhead();
    private long tag;

    @Test
    void what_fits_is_kept_in_order() {
        add(HALF, HALF, 0);

        assertThat(tags(2)).containsExactly(1L, 2L);
        assertThat(tags(2)).containsExactly(3L);
        assertThat(ahead.isSpent(LONG)).isFalse();
    }

    @Test
    void from_the_first_message_that_does_not_fit_on_all_are_dropped_until_the_queue_is_read_anew() {
        add(HALF, HALF, 1, 0);

        assertThat(ahead.hasDropped()).isTrue();
        assertThat(ahead.kept()).isEqualTo(2);
        assertThat(ahead.isSpent(LONG)).as("there is still something to poll").isFalse();
        assertThat(tags(10)).containsExactly(1L, 2L);
        add(1);
        assertThat(ahead.isEmpty()).isTrue();
        assertThat(ahead.isSpent(LONG)).isTrue();
    }

    @Test
    void a_message_larger_than_all_there_is_room_for_is_kept_where_it_is_alone() {
        add(2 * HALF + 1, 1);

        assertThat(tags(10)).containsExactly(1L);
    }

    @Test
    void what_was_polled_makes_room() {
        add(HALF, HALF);
        tags(1);
        add(HALF);

        assertThat(ahead.hasDropped()).isFalse();
    }

    @Test
    void what_has_waited_for_too_long_is_spent() {
        add(1);

        assertThat(ahead.isSpent(Duration.ZERO)).isTrue();
        assertThat(ahead.isSpent(LONG)).isFalse();
    }

    private void add(int... sizes) {
        for (int size : sizes) {
            Envelope envelope = new Envelope(++tag, false, "exchange", "key");
            ahead.addOrDrop(new Arrival(envelope, new BasicProperties(), new byte[size], System.nanoTime() - 1));
        }
    }

    private List<Long> tags(int most) {
        return ahead.take(most).stream().map(Arrival::tag).toList();
    }
}
