package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrefetchBufferTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final int HALF = PrefetchBuffer.MAX_BYTES / 2;

    private final PrefetchBuffer buffer = new PrefetchBuffer();
    private long tag;

    @Test
    void messages_that_fit_are_buffered_in_order() {
        add(HALF, HALF, 0);

        assertThat(tags(2)).containsExactly(1L, 2L);
        assertThat(tags(2)).containsExactly(3L);
        assertThat(buffer.isExhausted(LONG)).isFalse();
    }

    @Test
    void the_first_message_that_does_not_fit_and_all_after_it_are_dropped() {
        add(HALF, HALF, 1, 0);

        assertThat(buffer.hasOverflowed()).isTrue();
        assertThat(buffer.capacity()).isEqualTo(2);
        assertThat(buffer.isExhausted(LONG)).as("messages are left to poll").isFalse();
        assertThat(tags(10)).containsExactly(1L, 2L);
        add(1);
        assertThat(tags(10)).isEmpty();
        assertThat(buffer.isExhausted(LONG)).isTrue();
    }

    @Test
    void a_message_larger_than_the_buffer_fits_into_an_empty_one() {
        add(2 * HALF + 1, 1);

        assertThat(tags(10)).containsExactly(1L);
    }

    @Test
    void polling_frees_space() {
        add(HALF, HALF);
        tags(1);
        add(HALF);

        assertThat(buffer.hasOverflowed()).isFalse();
    }

    @Test
    void the_buffer_is_exhausted_once_its_oldest_message_is_too_old() {
        add(1);

        assertThat(buffer.isExhausted(Duration.ZERO)).isTrue();
        assertThat(buffer.isExhausted(LONG)).isFalse();
    }

    private void add(int... sizes) {
        for (int size : sizes) {
            Envelope envelope = new Envelope(++tag, false, "exchange", "key");
            buffer.addOrDrop(new FetchedMessage(
                    new Delivery(envelope, new BasicProperties(), new byte[size]), System.nanoTime() - 1));
        }
    }

    private List<Long> tags(int most) {
        return buffer.take(most).stream().map(FetchedMessage::tag).toList();
    }
}
