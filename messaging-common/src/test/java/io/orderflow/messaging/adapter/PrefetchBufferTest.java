package io.orderflow.messaging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefetchBufferTest {

    private final PrefetchBuffer<String> buffer = new PrefetchBuffer<>(10, String::length);

    @Test
    void messages_that_fit_are_returned_in_order() {
        add("12345", "67890", "");

        assertThat(buffer.take(2)).containsExactly("12345", "67890");
        assertThat(buffer.peek()).isEmpty();
        assertThat(buffer.take(2)).containsExactly("");
        assertThat(buffer.isEmpty()).isTrue();
        assertThat(buffer.hasDropped()).isFalse();
    }

    @Test
    void after_the_first_message_that_does_not_fit_all_are_dropped() {
        add("12345", "67890", "x", "");

        assertThat(buffer.hasDropped()).isTrue();
        assertThat(buffer.accepted()).isEqualTo(2);
        assertThat(buffer.take(10)).containsExactly("12345", "67890");
        add("y");
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void a_message_larger_than_the_limit_is_accepted_while_the_buffer_is_empty() {
        add("12345678901", "x");

        assertThat(buffer.take(10)).containsExactly("12345678901");
    }

    @Test
    void polled_messages_make_room() {
        add("12345", "67890");
        buffer.take(1);
        add("12345");

        assertThat(buffer.hasDropped()).isFalse();
    }

    private void add(String... messages) {
        for (String message : messages) {
            buffer.add(message);
        }
    }
}
