package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.HashMap;
import java.util.Map;

/**
 * What a member tells the others of its group.
 *
 * @param member its name, its own for ever
 * @param leaving whether it is the last that is heard of it
 * @param places by partition, a number that grows each time it queues up anew
 */
record Notice(String member, boolean leaving, Map<Integer, Long> places) {

    private static final String MEMBER = "member";
    private static final String LEAVING = "leaving";
    private static final String PLACES = "places";

    Notice {
        places = Map.copyOf(places);
    }

    BasicProperties toProperties() {
        Map<String, Object> table = new HashMap<>();
        places.forEach((partition, place) -> table.put(partition.toString(), place));
        return new BasicProperties.Builder()
                .headers(Map.of(MEMBER, member, LEAVING, leaving, PLACES, table))
                .build();
    }

    static Notice of(BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders();
        Map<Integer, Long> places = new HashMap<>();
        ((Map<?, ?>) headers.get(PLACES))
                .forEach((partition, place) -> places.put(Integer.valueOf(partition.toString()), (Long) place));
        return new Notice(headers.get(MEMBER).toString(), Boolean.TRUE.equals(headers.get(LEAVING)), places);
    }
}
