package io.orderflow.messaging.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.StructuredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends with pipelined XADD, over one connection for all threads. A batch is one transaction: a server that starts to refuse
 * in the middle of it, because it has reached {@code maxmemory} for example, accepts no later message of a key without the
 * earlier ones.
 */
final class RedisProducer implements MessageProducer<String, byte[]> {

    private static final int MAX_BATCH = 1_000;

    private final Link link;
    private final Link control;
    private final Durability durability;
    private @Nullable Session session;

    RedisProducer(Link link, Link control, Durability durability) {
        this.link = link;
        this.control = control;
        this.durability = durability;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        if (messages.isEmpty()) {
            return;
        }
        Session current = session();
        if (topic.isBroadcast()) {
            broadcast(current, topic, messages);
            return;
        }
        RedisTopic keys = new RedisTopic(topic);
        if (!current.declared.contains(topic)) {
            keys.declare(control, StartPosition.EARLIEST);
            current.declared.add(topic);
        }
        List<Addition> additions = new ArrayList<>(messages.size());
        for (Message<String, byte[]> message : messages) {
            RedisBroker.TRAITS.limits().requireWithin(topic, message);
            String stream = keys.stream(KeyPartition.of(message.key(), keys.size()));
            additions.add(new Addition(stream, EntryMapping.fields(message)));
        }
        String action = "Sending to topic " + topic.name();
        for (int from = 0; from < additions.size(); from += MAX_BATCH) {
            send(current, action, additions.subList(from, Math.min(from + MAX_BATCH, additions.size())));
        }
    }

    private void broadcast(Session current, Topic topic, List<Message<String, byte[]>> messages) {
        String action = "Broadcasting to " + topic.name();
        messages.forEach(each -> RedisBroker.TRAITS.limits().requireWithin(topic, each));
        Future<Long> last;
        synchronized (current.connection) {
            last = link.dispatch(current.connection, action, c -> {
                Future<Long> reply = null;
                for (Message<String, byte[]> message : messages) {
                    String channel = new RedisTopic(topic).channel(message.header(Headers.ADDRESS));
                    reply = c.async().publish(channel, StructuredEvent.encode(message));
                }
                c.flushCommands();
                return reply;
            });
        }
        link.await(current.connection, last, Duration.ZERO, action); // replies come in order
    }

    private void send(Session current, String action, List<Addition> additions) {
        List<Future<?>> replies = new ArrayList<>(additions.size() + 1);
        Future<List<Long>> safe;
        // without the lock, another thread's flush could send one half of a transaction before the other
        synchronized (current.connection) {
            safe = link.dispatch(current.connection, action, c -> {
                add(c.async(), additions, replies);
                Future<List<Long>> confirmed = current.acceptance.confirm(c, link.timeout());
                c.flushCommands();
                return confirmed;
            });
        }
        for (Future<?> reply : replies) {
            link.await(current.connection, reply, Duration.ZERO, action);
        }
        current.acceptance.check(link.await(current.connection, safe, link.timeout(), action));
    }

    private static void add(
            RedisAsyncCommands<String, byte[]> commands, List<Addition> additions, List<Future<?>> replies) {
        boolean transaction = additions.size() > 1;
        if (transaction) {
            commands.multi();
        }
        additions.forEach(each -> replies.add(commands.xadd(each.stream, each.fields)));
        if (transaction) {
            replies.add(commands.exec());
        }
    }

    private synchronized Session session() {
        StatefulRedisConnection<String, byte[]> connection = link.connection();
        if (session == null || session.connection != connection) {
            session = new Session(connection, durability.probe(link), ConcurrentHashMap.newKeySet());
            connection.setAutoFlushCommands(false);
        }
        return session;
    }

    @Override
    public void close() {
        link.close();
    }

    private record Addition(String stream, Map<String, byte[]> fields) {}

    /**
     * What is known for one connection: the next one may lead to another server, or to one with other settings.
     *
     * @param declared the topics whose partitioning was checked
     */
    private record Session(
            StatefulRedisConnection<String, byte[]> connection, Acceptance acceptance, Set<Topic> declared) {}
}
