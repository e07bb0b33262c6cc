package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.HashMap;
import java.util.Map;

/**
 * What a member of a group sends to the others.
 *
 * @param member its id, never used again
 * @param leaving whether this is its last one
 * @param subscriptions the number of its current subscription by partition; it grows each time the member subscribes again
 */
record Heartbeat(String member, boolean leaving, Map<Integer, Long> subscriptions) {

    private static final String MEMBER = "member";
    private static final String LEAVING = "leaving";
    private static final String SUBSCRIPTIONS = "places"; // what earlier versions call it

    Heartbeat {
        subscriptions = Map.copyOf(subscriptions);
    }

    BasicProperties toProperties() {
        Map<String, Object> table = new HashMap<>();
        subscriptions.forEach((partition, number) -> table.put(partition.toString(), number));
        return new BasicProperties.Builder()
                .headers(Map.of(MEMBER, member, LEAVING, leaving, SUBSCRIPTIONS, table))
                .build();
    }

    static Heartbeat of(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        Map<Integer, Long> subscriptions = new HashMap<>();
        ((Map<?, ?>) headers.get(SUBSCRIPTIONS))
                .forEach(
                        (partition, number) -> subscriptions.put(Integer.valueOf(partition.toString()), (Long) number));
        return new Heartbeat(headers.get(MEMBER).toString(), Boolean.TRUE.equals(headers.get(LEAVING)), subscriptions);
    }
}
