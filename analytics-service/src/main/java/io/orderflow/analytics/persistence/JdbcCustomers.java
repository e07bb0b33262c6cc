package io.orderflow.analytics.persistence;

import io.orderflow.analytics.domain.CustomerActivity;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.RecentOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCustomers implements Customers {

    private static final String COLUMNS = "customer_id, orders, confirmed, revenue, recent_orders, recent_times";

    private final JdbcClient jdbc;
    private final String table;

    @Autowired
    JdbcCustomers(JdbcClient jdbc) {
        this(jdbc, "");
    }

    /** @param prefix of the table's name */
    JdbcCustomers(JdbcClient jdbc, String prefix) {
        this.jdbc = jdbc;
        this.table = prefix + "customer";
    }

    @Override
    public CustomerActivity lock(String customerId) {
        return locked(customerId).orElseGet(() -> {
            jdbc.sql("insert into " + table + " (customer_id) values (?) on conflict do nothing")
                    .param(customerId)
                    .update();
            return locked(customerId).orElseThrow();
        });
    }

    private Optional<CustomerActivity> locked(String customerId) {
        return jdbc.sql("select " + COLUMNS + " from " + table + " where customer_id = ? for update")
                .param(customerId)
                .query(JdbcCustomers::activity)
                .optional();
    }

    @Override
    public void save(CustomerActivity activity) {
        CustomerTotals totals = activity.totals();
        List<RecentOrder> recent = activity.recent();
        jdbc.sql("""
                        update %s
                        set orders = ?, confirmed = ?, revenue = ?, recent_orders = ?, recent_times = ?
                        where customer_id = ?""".formatted(table))
                .params(
                        totals.orders(),
                        totals.confirmed(),
                        totals.revenue(),
                        recent.stream().map(RecentOrder::orderId).toArray(String[]::new),
                        recent.stream()
                                .map(order -> Timestamp.from(order.placedAt()))
                                .toArray(Timestamp[]::new),
                        totals.customerId())
                .update();
    }

    @Override
    public void record(CustomerTotals totals) {
        jdbc.sql("""
                        insert into %s as known (customer_id, orders, confirmed, revenue) values (?, ?, ?, ?)
                        on conflict (customer_id) do update
                        set orders = excluded.orders, confirmed = excluded.confirmed, revenue = excluded.revenue
                        where known.orders + known.confirmed < excluded.orders + excluded.confirmed""".formatted(table))
                .params(totals.customerId(), totals.orders(), totals.confirmed(), totals.revenue())
                .update();
    }

    @Override
    public Optional<CustomerTotals> find(String customerId) {
        return jdbc.sql("select " + COLUMNS + " from " + table + " where customer_id = ?")
                .param(customerId)
                .query(JdbcCustomers::activity)
                .optional()
                .map(CustomerActivity::totals);
    }

    private static CustomerActivity activity(ResultSet row, int number) throws SQLException {
        String[] orders = (String[]) row.getArray("recent_orders").getArray();
        Timestamp[] times = (Timestamp[]) row.getArray("recent_times").getArray();
        return new CustomerActivity(
                new CustomerTotals(
                        row.getString("customer_id"),
                        row.getLong("orders"),
                        row.getLong("confirmed"),
                        row.getBigDecimal("revenue")),
                IntStream.range(0, orders.length)
                        .mapToObj(i -> new RecentOrder(orders[i], times[i].toInstant()))
                        .toList());
    }
}
