package io.orderflow.benchmarks;

import io.orderflow.messaging.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What one writes by hand: a table, a loop that selects 500 rows, sends them with the raw client, awaits them and deletes
 * them. One instance, no leases, no parking, nothing delayed.
 */
final class HandWrittenOutbox implements AutoCloseable {

    private static final long IDLE_NANOS = 1_000_000;

    private final DataSource database;
    private final Producer<String, byte[]> producer;
    private final Thread relay = new Thread(this::run, "hand-written-relay");
    private volatile long sent;
    private volatile boolean resting = true;
    private volatile boolean stopping;

    HandWrittenOutbox(DataSource database, Producer<String, byte[]> producer) throws SQLException {
        this.database = database;
        this.producer = producer;
        try (Connection connection = database.getConnection();
                PreparedStatement table = connection.prepareStatement("create table hand_written_outbox"
                        + " (id bigserial primary key, topic text, key text, value bytea, headers text)")) {
            table.execute();
        }
        relay.setDaemon(true);
        relay.start();
    }

    void add(Connection connection, String topic, Message<String, byte[]> message) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into hand_written_outbox (topic, key, value, headers) values (?, ?, ?, ?)")) {
            insert.setString(1, topic);
            insert.setString(2, message.key());
            insert.setBytes(3, message.value());
            insert.setString(4, message.headers().toString());
            insert.executeUpdate();
        }
    }

    /** Looks for rows from now on, whether there are any or not. */
    void work() {
        resting = false;
        LockSupport.unpark(relay);
    }

    /** Looks no more, so that the other side's rounds do not pay for it. */
    void rest() {
        resting = true;
    }

    long sent() {
        return sent;
    }

    void await(long total) {
        while (sent < total) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void run() {
        try (Connection connection = database.getConnection();
                PreparedStatement asOurs = connection.prepareStatement("set synchronous_commit = off")) {
            asOurs.execute();
            while (!stopping) {
                if (resting) {
                    LockSupport.park(this);
                    continue;
                }
                int found = pass(connection);
                sent += found;
                if (found == 0) {
                    LockSupport.parkNanos(IDLE_NANOS);
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("The hand-written relay failed.", e);
        }
    }

    private int pass(Connection connection) throws Exception {
        List<Long> ids = new ArrayList<>();
        List<Future<?>> acknowledgements = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select id, topic, key, value, headers from hand_written_outbox order by id limit 500");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
                var row = new ProducerRecord<>(rows.getString(2), rows.getString(3), rows.getBytes(4));
                row.headers().add("headers", rows.getBytes(5));
                acknowledgements.add(producer.send(row));
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        producer.flush();
        for (Future<?> each : acknowledgements) {
            each.get();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from hand_written_outbox where id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            delete.executeUpdate();
        }
        return ids.size();
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        LockSupport.unpark(relay);
        relay.join();
    }
}
