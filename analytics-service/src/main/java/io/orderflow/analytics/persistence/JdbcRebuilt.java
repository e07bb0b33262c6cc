package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.Difference;
import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.Rebuilt;
import io.orderflow.analytics.domain.SuspiciousOrders;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The same tables as the live results have, with a prefix. */
@Repository
class JdbcRebuilt implements Rebuilt {

    private static final String PREFIX = "rebuilt_";

    /** A table of results: the name of a result, its id, and its figures as arguments of {@code jsonb_build_object}. */
    private record Results(String table, String result, String id, String figures) {

        String differences() {
            String rows = "(select %s as id, jsonb_build_object(%s) as figures from %s)";
            return "select '%s' as result, id, live.figures::text as live, rebuilt.figures::text as rebuilt from %s live full join %s rebuilt"
                            .formatted(
                                    result,
                                    rows.formatted(id, figures, table),
                                    rows.formatted(id, figures, PREFIX + table))
                    + " using (id) where live.figures is distinct from rebuilt.figures";
        }
    }

    private static final String MINUTE = "to_char(minute at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')";

    private static final List<Results> ALL = List.of(
            new Results(
                    "customer",
                    "customer",
                    "customer_id",
                    "'orders', orders, 'confirmed', confirmed, 'revenue', revenue"),
            new Results("orders_per_minute", "minute", MINUTE, "'orders', orders"),
            new Results(
                    "suspicious_order",
                    "suspicious order",
                    "order_id",
                    "'customerId', customer_id, 'placedAt', placed_at"),
            new Results(
                    "high_value_order",
                    "high-value order",
                    "order_id",
                    "'customerId', customer_id, 'total', total, 'placedAt', placed_at"));
    private static final String DIFFERENCES =
            ALL.stream().map(Results::differences).collect(Collectors.joining(" union all "));

    private final JdbcClient jdbc;

    JdbcRebuilt(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Customers customers() {
        return new JdbcCustomers(jdbc, PREFIX);
    }

    @Override
    public OrdersPerMinute ordersPerMinute() {
        return new JdbcOrdersPerMinute(jdbc, PREFIX);
    }

    @Override
    public SuspiciousOrders suspiciousOrders() {
        return new JdbcSuspiciousOrders(jdbc, PREFIX);
    }

    @Override
    public HighValueOrders highValueOrders() {
        return new JdbcHighValueOrders(jdbc, PREFIX);
    }

    @Override
    public void clear() {
        ALL.forEach(each -> jdbc.sql("delete from " + PREFIX + each.table()).update());
    }

    /** Computes all of them for each page: they are few, or a replay has just begun. */
    @Override
    public List<Difference> differences(@Nullable String after, int limit) {
        return jdbc.sql("select * from (" + DIFFERENCES + ") where result || ' ' || id > :after"
                        + " order by result || ' ' || id limit :limit")
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(Difference.class)
                .list();
    }
}
