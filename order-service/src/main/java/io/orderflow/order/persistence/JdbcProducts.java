package io.orderflow.order.persistence;

import io.orderflow.order.domain.PriceList;
import io.orderflow.order.domain.Product;
import io.orderflow.order.domain.Products;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps all products in memory. A broadcast makes every instance read them again; as broadcasts may be missed, they are read
 * again after {@link #MAX_AGE} in any case.
 */
@Repository
class JdbcProducts implements Products, PriceList {

    static final Duration MAX_AGE = Duration.ofMinutes(1);

    private record Cached(List<Product> products, Instant readAt) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final AtomicReference<Cached> cached = new AtomicReference<>(nothing());

    JdbcProducts(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Product> all() {
        Cached current = cached.get();
        Instant now = clock.instant();
        if (current.readAt().isBefore(now.minus(MAX_AGE))) {
            List<Product> products = jdbc.sql("select sku, name, price from product order by sku")
                    .query(Product.class)
                    .list();
            cached.compareAndSet(current, new Cached(products, now)); // not over a refresh that came meanwhile
            return products;
        }
        return current.products();
    }

    @Override
    public List<Product> find(Collection<String> skus) {
        return all().stream().filter(product -> skus.contains(product.sku())).toList();
    }

    @Override
    public boolean change(String sku, BigDecimal price) {
        return jdbc.sql("update product set price = :price where sku = :sku")
                        .param("price", price)
                        .param("sku", sku)
                        .update()
                > 0;
    }

    @Override
    public void refresh() {
        cached.set(nothing());
    }

    private static Cached nothing() {
        return new Cached(List.of(), Instant.MIN);
    }
}
