package io.orderflow.messaging.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends with XADD, pipelined, over one connection for all threads. A key has one stream, so it stays in order. Several
 * messages are one transaction: a server that begins to refuse in the middle, because its memory is full say, takes none of
 * them, and so no later message of a key without the earlier one.
 */
final class RedisProducer implements MessageProducer<String, byte[]> {

    /** So many on their way at once at most, however long a batch is. */
    private static final int PIPELINE = 1_000;

    private final Link link;
    private final Topics topics;
    private final Durability durability;
    private @Nullable Probed probed;

    RedisProducer(Link link, Topics topics, Durability durability) {
        this.link = link;
        this.topics = topics;
        this.durability = durability;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Probed current = probed();
        if (!current.declared.contains(topic)) {
            topics.declare(topic);
            current.declared.add(topic);
        }
        int partitions = Streams.number(topic);
        List<Addition> additions = new ArrayList<>(messages.size());
        for (Message<String, byte[]> message : messages) {
            String stream = Streams.name(topic.name(), KeyPartition.of(message.key(), partitions));
            additions.add(new Addition(stream, checked(topic.name(), message)));
        }
        for (int from = 0; from < additions.size(); from += PIPELINE) {
            send(current, topic.name(), additions.subList(from, Math.min(from + PIPELINE, additions.size())));
        }
    }

    private void send(Probed current, String topic, List<Addition> additions) {
        List<RedisFuture<?>> answers = new ArrayList<>(additions.size() + 1);
        RedisFuture<?> confirmation;
        boolean several = additions.size() > 1;
        // Another thread's flush in between could let the second half of a batch overtake the first.
        synchronized (current.connection) {
            RedisAsyncCommands<String, byte[]> commands = current.connection.async();
            if (several) {
                commands.multi();
            }
            for (Addition addition : additions) {
                answers.add(commands.xadd(addition.stream, addition.fields));
            }
            if (several) {
                answers.add(commands.exec());
            }
            confirmation = current.acceptance.confirm(current.connection, link.timeout());
            current.connection.flushCommands();
        }
        String doing = "Sending to topic " + topic;
        for (RedisFuture<?> answer : answers) {
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
            probed = new Probed(connection, durability.probe(link), ConcurrentHashMap.newKeySet());
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

    private record Addition(String stream, Map<String, byte[]> fields) {}

    /** @param declared on this connection; a new connection declares them again, because they may have been deleted */
    private record Probed(
            StatefulRedisConnection<String, byte[]> connection, Acceptance acceptance, Set<Topic> declared) {}
}
