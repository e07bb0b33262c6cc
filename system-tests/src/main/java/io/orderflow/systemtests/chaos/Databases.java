package io.orderflow.systemtests.chaos;

import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.Service;
import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Noted;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Shipment;
import io.orderflow.systemtests.chaos.checking.Observations.Stock;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Reads the services' databases directly. A trigger on each outbox records, in the same transaction, which events are
 * committed, because the services delete the rows that are sent.
 */
final class Databases {

    private final Map<Service, JdbcClient> clients = new EnumMap<>(Service.class);
    private final Map<String, Long> startingStock = new HashMap<>();

    /** Creates the triggers. The services have to be UP, so that their tables exist. */
    Databases(LocalStack stack) {
        String topics =
                Routes.GROUPS.keySet().stream().map(topic -> "'" + topic + "'").collect(Collectors.joining(", "));
        for (Service service : Service.values()) {
            String url = stack.database().url(service.database());
            JdbcClient client = JdbcClient.create(new DriverManagerDataSource(url));
            clients.put(service, client);
            client.sql("""
                    create table chaos_committed (place bigint, topic text, key text, id text, type text);
                    create function chaos_commit() returns trigger language plpgsql security definer as $$ begin
                        insert into chaos_committed
                        values (new.id, new.topic, convert_from(new.message_key, 'UTF8'),
                            new.headers ->> 'ce_id', new.headers ->> 'ce_type');
                        return null;
                    end $$;
                    create trigger chaos_commit after insert on messaging_outbox
                        for each row when (new.topic in (%s)) execute function chaos_commit()""".formatted(topics)).update();
        }
        clients.get(Service.INVENTORY).sql("select sku, available from stock").query(row -> {
            startingStock.put(row.getString("sku"), row.getLong("available"));
        });
    }

    List<Order> orders() {
        Map<String, Map<String, Integer>> items = new HashMap<>();
        JdbcClient database = clients.get(Service.ORDER);
        database.sql("select order_id::text, sku, quantity from order_line").query(row -> {
            items.computeIfAbsent(row.getString("order_id"), id -> new HashMap<>())
                    .put(row.getString("sku"), row.getInt("quantity"));
        });
        return database.sql("""
                        select id::text, customer_id, status,
                            (select array_agg(distinct timeline.status) from timeline where order_id = orders.id) as states
                        from orders order by placed_at, id""")
                .query((row, number) -> new Order(
                        row.getString("id"),
                        row.getString("customer_id"),
                        row.getString("status"),
                        items.getOrDefault(row.getString("id"), Map.of()),
                        texts(row.getArray("states"))))
                .list();
    }

    List<Stock> stock() {
        return clients.get(Service.INVENTORY)
                .sql("select sku, available, reserved, shipped from stock order by sku")
                .query((row, number) -> new Stock(
                        row.getString("sku"),
                        startingStock.getOrDefault(row.getString("sku"), 0L),
                        row.getLong("available"),
                        row.getLong("reserved"),
                        row.getLong("shipped")))
                .list();
    }

    List<Shipment> shipments() {
        String sql = "select id::text, order_id::text, status from shipment order by created_at, id";
        return list(Service.SHIPPING, sql, Shipment.class).toList();
    }

    List<Event> committed() {
        return list("select topic, key, id, type, place from chaos_committed order by place", Event.class);
    }

    /** A dead letter in a service's database, with the bytes of the message. */
    record StoredDeadLetter(
            String consumerGroup,
            String topic,
            @Nullable String messageType,
            @Nullable String messageId,
            byte[] value,
            String state,
            int redriven,
            int failures) {}

    List<StoredDeadLetter> deadLetters() {
        return list("""
                select consumer_group, topic, message_type, message_id, coalesce(value, '') as value, state, redriven,
                    failures
                from messaging_dead_letter order by id""", StoredDeadLetter.class);
    }

    List<Noted> noted() {
        String sql = "select order_id::text, event_id from timeline where event_id is not null";
        return list(Service.ORDER, sql, Noted.class).toList();
    }

    /** Gaps in sequences, and rows of the outboxes. */
    List<String> waiting() {
        List<String> all = new ArrayList<>(list("""
                select message_key || ' has only the events ' || seen::text || ', in group ' || consumer_group || ' of '
                    || topic
                from messaging_sequence where gap_since is not null""", String.class));
        all.addAll(list("""
                select concat(headers ->> 'ce_id', ' for ', topic, ' in ', current_database(),
                    ', parked: ' || parked_reason, ', not before ' || not_before)
                from messaging_outbox order by partition, id""", String.class));
        return all;
    }

    /** The number of handled messages, which grows while a service has work. */
    long handled() {
        return list("select count(*) from messaging_inbox", Long.class).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private <T> List<T> list(String sql, Class<T> type) {
        return Stream.of(Service.values())
                .flatMap(service -> list(service, sql, type))
                .toList();
    }

    private <T> Stream<T> list(Service service, String sql, Class<T> type) {
        return clients.get(service).sql(sql).query(type).list().stream();
    }

    private static Set<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }
}
