package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.Topic;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exchanges of a group with a filter, between the topic's exchange and the group's queues. Their names contain a colon, and
 * so are no topic's.
 *
 * <ul>
 *   <li>{@code <topic>.<group>:headers}, a headers exchange, if there is a condition on headers;
 *   <li>{@code <topic>.<group>:filter}, of the same type as {@code <topic>.groups}, to which the queues are bound;
 *   <li>{@code <topic>.<group>:unpartitioned}, its alternate exchange for a keyed topic.
 * </ul>
 *
 * <p>The topic's exchange is bound to the first of them with each pattern. It compares a pattern with the further routing key of
 * the partition as well, so that a pattern like {@code #.*} routes more than it should; the library filters what arrives.
 *
 * <p>AMQP does not list bindings, so a filter is declared by removing the exchanges, which removes their bindings. No message is
 * lost meanwhile: the queues are bound to {@code <topic>.groups} before, and unbound after it. An exclusive queue is the lock
 * under which one connection does that at a time.
 */
record FilteredGroup(Topic topic, String group) {

    private String name(String suffix) {
        return Topic.groupOf(topic.name(), group) + ":" + suffix;
    }

    /** The exchange to which the queues are bound; it exists if and only if the group has a filter. */
    String exchange() {
        return name("filter");
    }

    String unpartitionedExchange() {
        return name("unpartitioned");
    }

    /** Declares the filter of a group whose queues are bound to {@code <topic>.groups}. */
    void declare(Channel channel, MessageFilter filter) throws IOException {
        RabbitBroker.LIMITS.requireName(unpartitionedExchange().replace(':', '.'), topic, group); // its length
        String lock = name("lock");
        channel.queueDeclare(lock, false, true, true, Map.of());
        RabbitTopology.bindToAll(channel, topic, group);
        remove(channel);
        declareSink(channel);
        declareExchanges(channel);
        for (RabbitQueue queue : RabbitQueue.of(topic, group)) {
            bind(channel, queue);
        }
        String first = headersExchange(channel, filter);
        for (String pattern : filter.patterns().isEmpty() ? List.of("#") : filter.patterns()) {
            channel.exchangeBind(first, topic.name(), pattern);
        }
        RabbitTopology.unbindFromAll(channel, topic, group);
        channel.queueDelete(lock);
    }

    void bind(Channel channel, RabbitQueue queue) throws IOException {
        channel.queueBind(queue.name(), exchange(), RabbitHeaders.partitionKey(queue.partition()));
        if (RabbitTopology.isUnpartitioned(queue)) {
            channel.queueBind(queue.name(), unpartitionedExchange(), "");
        }
    }

    /** Removes the filter. Exchanges that do not exist are no error. */
    void remove(Channel channel) throws IOException {
        channel.exchangeDelete(name("headers"));
        channel.exchangeDelete(exchange());
        channel.exchangeDelete(unpartitionedExchange());
    }

    private void declareExchanges(Channel channel) throws IOException {
        if (topic.competing()) {
            channel.exchangeDeclare(exchange(), BuiltinExchangeType.FANOUT, true);
        } else {
            channel.exchangeDeclare(unpartitionedExchange(), BuiltinExchangeType.FANOUT, true);
            channel.exchangeDeclare(
                    exchange(),
                    BuiltinExchangeType.DIRECT,
                    true,
                    false,
                    Map.of("alternate-exchange", unpartitionedExchange()));
        }
    }

    private String headersExchange(Channel channel, MessageFilter filter) throws IOException {
        if (filter.headers().isEmpty()) {
            return exchange();
        }
        String headers = name("headers");
        channel.exchangeDeclare(headers, BuiltinExchangeType.HEADERS, true);
        Map<String, Object> condition = new HashMap<>();
        filter.headers().forEach((name, value) -> condition.put(RabbitHeaders.encode(name), value));
        condition.put("x-match", filter.match() == MessageFilter.Match.ALL ? "all-with-x" : "any-with-x");
        channel.exchangeBind(exchange(), headers, "", condition);
        return headers;
    }

    /**
     * A queue that drops everything, so that a message that no group wants is not refused as one without a group. Of a keyed
     * topic it receives what no queue of a partition takes.
     */
    private void declareSink(Channel channel) throws IOException {
        String sink = topic.name() + ":unwanted";
        channel.queueDeclare(sink, true, false, false, Map.of("x-queue-type", "quorum", "x-max-length", 0));
        String from = topic.competing()
                ? RabbitTopology.groupsExchange(topic.name())
                : RabbitTopology.unpartitionedExchange(topic.name(), topic.partitions());
        channel.queueBind(sink, from, "");
    }
}
