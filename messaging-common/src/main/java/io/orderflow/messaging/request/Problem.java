package io.orderflow.messaging.request;

import org.jspecify.annotations.Nullable;

/**
 * Why a request failed: problem details after RFC 9457, as they travel in a reply.
 *
 * @param type a URI reference that is stable, for programs; {@code about:blank} if the status says all
 * @param title the kind of problem, for people
 * @param status as in HTTP
 * @param detail this occurrence, without internals
 */
public record Problem(
        String type, String title, int status, @Nullable String detail) {

    static final String TYPE = "messaging.problem.v1";
    static final String CONTENT_TYPE = "application/problem+json";

    /** What is replied when a handler fails in a way that it does not describe itself. */
    static final Problem INTERNAL =
            new Problem("about:blank", "Internal error", 500, "The request could not be answered.");
}
