package io.orderflow.console.services;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the rows of a service's outbox that the broker rejected, and how many there are in all. */
public record ParkedPage(List<Row> items, int page, int size, long total) {

    /** A row; if it is released, it is sent again within seconds. */
    public record Row(
            long id,
            String topic,
            @Nullable String key,
            @Nullable String messageId,
            @Nullable String type,
            int bytes,
            String reason,
            Instant parkedAt,
            boolean released) {}
}
