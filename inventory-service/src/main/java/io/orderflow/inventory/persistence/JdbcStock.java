package io.orderflow.inventory.persistence;

import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Stock;
import io.orderflow.inventory.domain.StockLevel;
import io.orderflow.inventory.domain.StockMovement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcStock implements Stock {

    /** The key of the advisory lock; unique in this database. */
    private static final long LOCK = 0x53544F434BL;

    private final JdbcClient jdbc;

    JdbcStock(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lockAll() {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query(rs -> {});
    }

    @Override
    public Map<String, StockLevel> lock(Collection<String> skus) {
        return jdbc
                .sql("select sku, available, reserved, shipped from stock where sku in (:skus) order by sku for update")
                .param("skus", skus)
                .query(StockLevel.class)
                .list()
                .stream()
                .collect(Collectors.toMap(StockLevel::sku, Function.identity()));
    }

    @Override
    public void move(List<OrderLine> lines, StockMovement movement) {
        int moved = jdbc.sql("""
                        update stock
                        set available = available + :available * quantity,
                            reserved = reserved + :reserved * quantity,
                            shipped = shipped + :shipped * quantity
                        from unnest(:skus::varchar[], :quantities::integer[]) as line (line_sku, quantity)
                        where sku = line_sku""")
                .param("available", movement.available())
                .param("reserved", movement.reserved())
                .param("shipped", movement.shipped())
                .param("skus", Lines.skus(lines))
                .param("quantities", Lines.quantities(lines))
                .update();
        if (moved != lines.size()) {
            throw new IllegalStateException(
                    "%s: %d lines, but only %d of their articles exist. The transaction is rolled back."
                            .formatted(movement, lines.size(), moved));
        }
    }

    @Override
    public Optional<StockLevel> find(String sku) {
        return jdbc.sql("select sku, available, reserved, shipped from stock where sku = ?")
                .param(sku)
                .query(StockLevel.class)
                .optional();
    }

    @Override
    public List<StockLevel> list(@Nullable String after, int limit) {
        return jdbc.sql("select sku, available, reserved, shipped from stock where sku > ? order by sku limit ?")
                .params(after == null ? "" : after, limit)
                .query(StockLevel.class)
                .list();
    }
}
