package io.orderflow.inventory.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stock as it is kept. */
public interface Stock {

    /**
     * Waits until no other transaction changes stock, and keeps others out until this one ends. A transaction may change
     * the stock for many orders (a poll's), and meets them one by one, so that nobody knows beforehand which articles it
     * will touch: locking each order's rows in sku order would still let two of them deadlock, and PostgreSQL takes a
     * second to notice. A turn lasts a poll's few milliseconds, once for up to hundreds of orders. What it gives up, two
     * instances that change different articles at the same time, is little: popular articles are in most polls.
     */
    void takeTurn();

    /** The levels of these articles, by sku and locked; an unknown one is missing. */
    Map<String, StockLevel> lock(Collection<String> skus);

    /** Moves the pieces of these lines. */
    void move(List<OrderLine> lines, StockMovement movement);

    Optional<StockLevel> find(String sku);

    /** Some of all articles, by sku. */
    List<StockLevel> list(int limit, long offset);

    long count();
}
