package io.orderflow.messaging.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressedPublishingTest {

    private final SuppressedPublishing middleware = new SuppressedPublishing();

    @Test
    void publishing_is_suppressed_on_the_handlers_thread_while_a_poll_is_handled() throws Exception {
        middleware
                .around(poll -> assertThat(SuppressedPublishing.isActive()).isTrue())
                .handle(List.of());

        assertThat(SuppressedPublishing.isActive()).isFalse();
    }

    @Test
    void a_failed_poll_does_not_suppress_what_is_published_later() {
        assertThatThrownBy(() -> middleware
                        .around(poll -> {
                            throw new IllegalStateException("failed");
                        })
                        .handle(List.of()))
                .hasMessage("failed");

        assertThat(SuppressedPublishing.isActive()).isFalse();
    }
}
