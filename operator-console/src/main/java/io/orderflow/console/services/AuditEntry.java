package io.orderflow.console.services;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request of an operator that was to change something; its status is null if it was not carried out to the end. */
public record AuditEntry(
        long id,
        Instant at,
        String operator,
        String request,
        @Nullable Integer status,
        @Nullable String result) {}
