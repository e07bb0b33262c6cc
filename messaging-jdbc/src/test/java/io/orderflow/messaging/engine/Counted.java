package io.orderflow.messaging.engine;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests send: a number of a key. */
record Counted(String key, int number) {

    static Message<String, byte[]> message(@Nullable String key, int number) {
        String json = "{\"key\":\"" + key + "\",\"number\":" + number + "}";
        return new Message<>(
                key,
                json.getBytes(StandardCharsets.UTF_8),
                Map.of(Headers.ID, key + "-" + number, Headers.TYPE, "counted.v1"),
                Instant.EPOCH);
    }
}
