package io.orderflow.messaging.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of an operator that was to change something.
 *
 * @param id ascending, in the order in which the requests arrived
 * @param operator the user name, or {@code anonymous}
 * @param request method and path, with the query
 * @param status the HTTP status of the response; null if the request is carried out now, or the process ended meanwhile
 * @param result the address of what was started; null for most requests
 */
public record AuditEntry(
        long id,
        Instant at,
        String operator,
        String request,
        @Nullable Integer status,
        @Nullable String result) {}
