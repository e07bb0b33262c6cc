package io.orderflow.service;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items what is on this page
 * @param page its number, from 0
 * @param size how many items a page has
 * @param total how many items there are on all pages
 */
public record Page<T>(List<T> items, int page, int size, long total) {

    public static <T> Page<T> of(List<T> items, Paging paging, long total) {
        return new Page<>(items, paging.page(), paging.size(), total);
    }

    /** The same page of something else. */
    public <U> Page<U> map(Function<? super T, ? extends U> mapping) {
        return new Page<>(items.stream().<U>map(mapping).toList(), page, size, total);
    }
}
