package io.orderflow.messaging.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends with XADD, pipelined, over one connection for all threads. */
final class RedisProducer implements MessageProducer<String, byte[]> {

    /** So many on their way at once at most, however long a batch is. */
    private static final int PIPELINE = 1_000;

    private final Link link;
    private final Durability durability;
    private @Nullable Probed probed;

    RedisProducer(Link link, Durability durability) {
        this.link = link;
        this.durability = durability;
    }

    @Override
    public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        List<Map<String, byte[]>> entries = new ArrayList<>(messages.size());
        for (Message<String, byte[]> message : messages) {
            entries.add(checked(topic, message));
        }
        for (int from = 0; from < entries.size(); from += PIPELINE) {
            send(topic, entries.subList(from, Math.min(from + PIPELINE, entries.size())));
        }
    }

    private void send(String topic, List<Map<String, byte[]>> entries) {
        Probed current = probed();
        StatefulRedisConnection<String, byte[]> connection = current.connection;
        List<RedisFuture<String>> answers = new ArrayList<>(entries.size());
        for (Map<String, byte[]> entry : entries) {
            answers.add(connection.async().xadd(topic, entry));
        }
        RedisFuture<?> confirmation = current.acceptance.confirm(connection, link.timeout());
        connection.flushCommands();
        String doing = "Sending to topic " + topic;
        for (RedisFuture<String> answer : answers) {
            link.await(answer, doing);
        }
        if (confirmation != null) {
            current.acceptance.check(link.await(confirmation, link.timeout(), doing));
        }
    }

    /** Each connection may lead to another server, or to one that was restarted with other settings. */
    private synchronized Probed probed() {
        StatefulRedisConnection<String, byte[]> connection = link.connection();
        if (probed == null || probed.connection != connection) {
            probed = new Probed(connection, durability.probe(link));
            connection.setAutoFlushCommands(false);
        }
        return probed;
    }

    private static Map<String, byte[]> checked(String topic, Message<String, byte[]> message) {
        Map<String, byte[]> entry = EntryMapping.fields(message);
        long size = EntryMapping.size(entry);
        if (size > RedisBroker.MAX_MESSAGE_BYTES) {
            throw new MessageRejectedException(
                    "A message for topic " + topic + " has " + size + " bytes; at most " + RedisBroker.MAX_MESSAGE_BYTES
                            + " are allowed, because Redis keeps it in memory. Send a reference to the data instead.",
                    null);
        }
        return entry;
    }

    @Override
    public void close() {
        link.close();
    }

    private record Probed(StatefulRedisConnection<String, byte[]> connection, Acceptance acceptance) {}
}
