package io.orderflow.service;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters {@code cursor} and {@code size} of a list; a controller takes {@code @Valid Paging}.
 *
 * @param cursor {@code next} of the page before; without it, the first page
 * @param size of a page; default 20, at most 100
 */
public record Paging(
        @Nullable String cursor,
        @Min(1) @Max(Paging.MAX_SIZE) @Nullable Integer size) {

    public static final int DEFAULT_SIZE = 20;
    public static final int MAX_SIZE = 100;

    public Paging {
        size = size == null ? Integer.valueOf(DEFAULT_SIZE) : size;
    }

    /** How many items to read: one more than the page has, which shows whether another page follows. */
    public int limit() {
        return size + 1;
    }
}
