package io.orderflow.service;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters {@code page} (from 0) and {@code size} of a list; a controller takes {@code @Valid Paging}.
 *
 * @param page from 0, the default
 * @param size of a page; default 20, at most 100
 */
public record Paging(
        @Min(0) @Max(Paging.MAX_PAGE) @Nullable Integer page,
        @Min(1) @Max(Paging.MAX_SIZE) @Nullable Integer size) {

    public static final int DEFAULT_SIZE = 20;
    public static final int MAX_SIZE = 100;
    public static final int MAX_PAGE = 1_000_000;

    public Paging {
        page = page == null ? Integer.valueOf(0) : page;
        size = size == null ? Integer.valueOf(DEFAULT_SIZE) : size;
    }

    /** The number of rows before this page. */
    public long offset() {
        return (long) page * size;
    }
}
