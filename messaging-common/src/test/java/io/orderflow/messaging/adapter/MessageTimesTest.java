package io.orderflow.messaging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Headers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTimesTest {

    private static final Map<String, String> EVENT = Map.of(Headers.TIME, "2026-01-01T01:00:00+01:00");

    @Test
    void the_producers_milliseconds_come_first() {
        assertThat(MessageTimes.stated("-1", EVENT)).isEqualTo(Instant.ofEpochMilli(-1));
    }

    @Test
    void without_them_the_events_time_counts() {
        assertThat(MessageTimes.stated(null, EVENT)).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void a_time_that_cannot_be_parsed_is_none() {
        assertThat(MessageTimes.stated("soon", EVENT)).isNull();
        assertThat(MessageTimes.stated(null, Map.of(Headers.TIME, "noon"))).isNull();
        assertThat(MessageTimes.stated(null, Map.of())).isNull();
    }
}
