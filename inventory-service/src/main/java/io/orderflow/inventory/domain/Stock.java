package io.orderflow.inventory.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores the stock levels. */
public interface Stock {

    /**
     * Locks the whole stock for changes until the current transaction ends. A transaction handles the orders of one poll,
     * and their articles are not known in advance: with a lock per article, two transactions could deadlock, which
     * PostgreSQL detects only after a second. The lock is held for a few milliseconds per poll. Its cost, that two
     * instances cannot change different articles concurrently, is small: most polls contain the popular articles.
     */
    void lockAll();

    /** Locks these articles and returns their levels by sku, without unknown ones. */
    Map<String, StockLevel> lock(Collection<String> skus);

    /** Applies the movement to the articles of these lines. */
    void move(List<OrderLine> lines, StockMovement movement);

    Optional<StockLevel> find(String sku);

    /** Some of all articles, ordered by sku, behind this one; null for the first. */
    List<StockLevel> list(@Nullable String after, int limit);
}
