package io.orderflow.messaging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Headers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {

    private final HeaderNames amqp = new HeaderNames("cloudEvents:", "escaped-", Set.of("CC", "key"));
    private final HeaderNames plain = new HeaderNames("ce_", "escaped:", Set.of("key"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_id",
                "ce_",
                "key",
                "CC",
                "escaped-key",
                "escaped-escaped-CC",
                "escaped:key",
                "x-any",
                "content-type"
            })
    void every_name_comes_back_as_it_was_sent(String name) {
        assertThat(amqp.fromBroker(amqp.toBroker(name))).isEqualTo(name);
        assertThat(plain.fromBroker(plain.toBroker(name))).isEqualTo(name);
    }

    @Test
    void attributes_are_named_as_in_the_brokers_binding() {
        assertThat(amqp.toBroker(Headers.TYPE)).isEqualTo("cloudEvents:type");
        assertThat(plain.toBroker(Headers.TYPE)).isEqualTo("ce_type");
    }

    @Test
    void a_reserved_name_is_no_header() {
        assertThat(amqp.fromBroker("CC")).isNull();
        assertThat(amqp.toBroker("CC")).isEqualTo("escaped-CC");
    }
}
