package io.orderflow.messaging.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TypeResolutionTest {

    private final TypeResolution types = new TypeResolution(
            Set.of("order.created.v1", "order.cancelled.v1"), Set.of("order.cancellation-requested.v1"), true);

    @Test
    void the_stated_type_is_taken_by_its_word() {
        assertThat(types.typeOf(message(null, Map.of(Headers.TYPE, "order.cancelled.v1"))))
                .isEqualTo("order.cancelled.v1");
    }

    @Test
    void an_unknown_type_or_version_is_refused_whatever_the_routing_key_says() {
        Map<String, String> headers =
                Map.of(Headers.TYPE, "order.created.v9", Headers.ROUTING_KEY, "order.created.standard");
        assertThatThrownBy(() -> types.typeOf(message(null, headers)))
                .isInstanceOf(UnknownEventTypeException.class)
                .hasMessageContaining("order.created.v9");
    }

    @Test
    void a_message_without_a_type_is_what_its_routing_key_begins_with() {
        assertThat(types.typeOf(message("o1", Map.of(Headers.ROUTING_KEY, "order.created.standard"))))
                .isEqualTo("order.created.v1");
        assertThat(types.typeOf(message("o1", Map.of(Headers.ROUTING_KEY, "order.cancellation-requested"))))
                .isEqualTo("order.cancellation-requested.v1");
    }

    @Test
    void where_a_broker_has_no_routing_key_the_key_serves() {
        assertThat(types.typeOf(message("order.created.express", Map.of()))).isEqualTo("order.created.v1");
    }

    @Test
    void a_message_without_a_type_is_the_one_type_that_is_handled() {
        TypeResolution one = new TypeResolution(Set.of("order.created.v1"), Set.of("order.shipped.v1"), true);
        assertThat(one.typeOf(message("o1", Map.of()))).isEqualTo("order.created.v1");
        assertThat(one.typeOf(message("o1", Map.of(Headers.ROUTING_KEY, "order.shipped"))))
                .isEqualTo("order.shipped.v1");
    }

    @Test
    void a_message_without_a_type_is_refused_by_who_does_not_ask_for_it() {
        TypeResolution typed = new TypeResolution(Set.of("order.created.v1"), Set.of("order.shipped.v1"), false);
        assertThat(typed.typeOf(message(null, Map.of(Headers.TYPE, "order.created.v1"))))
                .isEqualTo("order.created.v1");
        for (String key : new String[] {"o1", "order.created", "order.shipped"}) {
            assertThatThrownBy(() -> typed.typeOf(message(key, Map.of(Headers.ROUTING_KEY, key))))
                    .isInstanceOf(UnknownEventTypeException.class)
                    .hasMessageContaining("takingUntyped()");
        }
    }

    @Test
    void it_is_refused_where_there_is_a_choice() {
        assertThatThrownBy(() -> types.typeOf(message("o1", Map.of(Headers.ROUTING_KEY, "order.createdx"))))
                .isInstanceOf(UnknownEventTypeException.class)
                .hasMessageContaining("states no type");
    }

    private static Message<String, byte[]> message(@Nullable String key, Map<String, String> headers) {
        return new Message<>(key, new byte[0], headers, Instant.EPOCH);
    }
}
