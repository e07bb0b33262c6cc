package io.orderflow.service;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param items the items of this page
 * @param page its number, from 0
 * @param size the requested number of items
 * @param total the number of items on all pages
 */
public record Page<T>(List<T> items, int page, int size, long total) {

    public static <T> Page<T> of(List<T> items, Paging paging, long total) {
        return new Page<>(items, paging.page(), paging.size(), total);
    }

    /** The same page with its items mapped. */
    public <U> Page<U> map(Function<? super T, ? extends U> mapping) {
        return new Page<>(items.stream().<U>map(mapping).toList(), page, size, total);
    }
}
