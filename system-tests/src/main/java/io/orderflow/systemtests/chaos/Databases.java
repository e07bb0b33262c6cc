package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Noted;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Shipment;
import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The services' databases, read past the services. Each notes, with a trigger of ours on the outbox and so in the same
 * transaction, which events were committed: the services delete what they have published.
 */
final class Databases {

    private final LocalStack stack;
    private final Map<String, Long> startingStock;

    /** Begins to note what is committed. The services have to be up, so that their tables are there. */
    Databases(LocalStack stack) throws SQLException {
        this.stack = stack;
        String topics =
                Routes.GROUPS.keySet().stream().map(topic -> "'" + topic + "'").collect(Collectors.joining(", "));
        for (Service service : Service.values()) {
            execute(service, """
                    create table chaos_committed (place bigint, topic text, key text, id text, type text);
                    create function chaos_note() returns trigger language plpgsql security definer as $$ begin
                        insert into chaos_committed
                        values (new.id, new.topic, convert_from(new.message_key, 'UTF8'),
                            new.headers ->> 'ce_id', new.headers ->> 'ce_type');
                        return null;
                    end $$;
                    create trigger chaos_note after insert on messaging_outbox
                        for each row when (new.topic in (%s)) execute function chaos_note()""".formatted(topics));
        }
        startingStock = new HashMap<>();
        query(
                Service.INVENTORY,
                "select sku, available from stock",
                row -> startingStock.put(row.getString("sku"), row.getLong("available")));
    }

    List<Order> orders() throws SQLException {
        Map<String, Map<String, Integer>> items = new HashMap<>();
        query(
                Service.ORDER,
                "select order_id::text, sku, quantity from order_line",
                row -> items.computeIfAbsent(row.getString("order_id"), id -> new HashMap<>())
                        .put(row.getString("sku"), row.getInt("quantity")));
        return query(
                Service.ORDER,
                """
                        select id::text, customer_id, status,
                            (select array_agg(distinct timeline.status) from timeline where order_id = orders.id) as states
                        from orders order by placed_at, id""",
                row -> new Order(
                        row.getString("id"),
                        row.getString("customer_id"),
                        row.getString("status"),
                        items.getOrDefault(row.getString("id"), Map.of()),
                        texts(row.getArray("states"))));
    }

    List<Stock> stock() throws SQLException {
        return query(
                Service.INVENTORY,
                "select sku, available, reserved, shipped from stock order by sku",
                row -> new Stock(
                        row.getString("sku"),
                        startingStock.getOrDefault(row.getString("sku"), 0L),
                        row.getLong("available"),
                        row.getLong("reserved"),
                        row.getLong("shipped")));
    }

    List<Shipment> shipments() throws SQLException {
        return query(
                Service.SHIPPING,
                "select id, order_id, status from shipment order by created_at, id",
                row -> new Shipment(row.getString("id"), row.getString("order_id"), row.getString("status")));
    }

    List<Event> committed() throws SQLException {
        List<Event> all = new ArrayList<>();
        for (Service service : Service.values()) {
            all.addAll(query(
                    service,
                    "select place, topic, key, id, type from chaos_committed order by place",
                    row -> new Event(
                            row.getString("topic"),
                            row.getString("key"),
                            row.getString("id"),
                            row.getString("type"),
                            row.getLong("place"))));
        }
        return all;
    }

    /** A dead letter as a service keeps it, with the bytes of the message. */
    record Kept(String group, String topic, String name, byte[] value, String state, int redriven, int failures) {}

    List<Kept> deadLetters() throws SQLException {
        List<Kept> all = new ArrayList<>();
        for (Service service : Service.values()) {
            all.addAll(query(
                    service,
                    """
                    select consumer_group, topic, message_type, message_id, value, state, redriven, failures
                    from messaging_dead_letter order by id""",
                    row -> new Kept(
                            row.getString("consumer_group"),
                            row.getString("topic"),
                            row.getString("message_type") + " " + row.getString("message_id"),
                            Objects.requireNonNullElse(row.getBytes("value"), new byte[0]),
                            row.getString("state"),
                            row.getInt("redriven"),
                            row.getInt("failures"))));
        }
        return all;
    }

    List<Noted> noted() throws SQLException {
        return query(
                Service.ORDER,
                "select order_id::text, event_id from timeline where event_id is not null",
                row -> new Noted(row.getString("order_id"), row.getString("event_id")));
    }

    /** What has not left the outboxes, waits behind another message of its key, or is missed. */
    List<String> waiting() throws SQLException {
        List<String> all = new ArrayList<>();
        for (Service service : Service.values()) {
            all.addAll(query(
                    service,
                    """
                    select consumer_group, topic,
                        message_key || ' has only the events ' || seen::text as what from messaging_sequence
                    where gap_since is not null""",
                    row -> row.getString("what") + ", in group " + row.getString("consumer_group") + " of "
                            + row.getString("topic")));
        }
        for (Service service : Service.values()) {
            all.addAll(query(
                    service,
                    """
                    select topic, headers ->> 'ce_id' as id, not_before, parked_reason
                    from messaging_outbox order by partition, id""",
                    row -> row.getString("id") + " for " + row.getString("topic") + " in " + service.database()
                            + (row.getString("parked_reason") == null
                                    ? ""
                                    : ", parked: " + row.getString("parked_reason"))
                            + (row.getString("not_before") == null
                                    ? ""
                                    : ", not before " + row.getString("not_before"))));
        }
        return all;
    }

    /** How many messages were handled: grows as long as anybody has something to do. */
    long handled() throws SQLException {
        long sum = 0;
        for (Service service : Service.values()) {
            sum += query(service, "select count(*) from messaging_inbox", row -> row.getLong(1))
                    .get(0);
        }
        return sum;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(Service service, String sql, Reading<T> reading) throws SQLException {
        try (Connection connection = connect(service);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.read(rows));
            }
            return all;
        }
    }

    private void execute(Service service, String sql) throws SQLException {
        try (Connection connection = connect(service);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(Service service) throws SQLException {
        return DriverManager.getConnection(stack.database().url(service.database()));
    }

    private static Set<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }
}
