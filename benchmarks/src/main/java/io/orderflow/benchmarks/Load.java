package io.orderflow.benchmarks;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Messages as the services send them: 1 KiB of payload, the envelope's headers, and a key in a thousand. */
final class Load {

    static final int PAYLOAD_BYTES = 1024;

    private static final int KEYS = 1000;

    private Load() {}

    static List<Message<String, byte[]>> messages(int number) {
        Random random = new Random(42);
        List<Message<String, byte[]>> messages = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            byte[] payload = new byte[PAYLOAD_BYTES];
            random.nextBytes(payload);
            Map<String, String> headers = Map.of(
                    Headers.ID, new UUID(random.nextLong(), random.nextLong()).toString(),
                    Headers.TYPE, "order.created.v1",
                    Headers.SOURCE, "/order-service",
                    Headers.CONTENT_TYPE, "application/json");
            messages.add(new Message<>("order-" + i % KEYS, payload, headers, Instant.now()));
        }
        return List.copyOf(messages);
    }
}
