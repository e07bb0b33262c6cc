package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.io.IOException;

/** Finds out how a topic on the broker differs from the one that was declared, to say so in a sentence. */
final class TopicMismatch {

    /** Where the search for the number of partitions ends. */
    private static final int MOST_PARTITIONS = 256;

    private final RabbitConnections connections;

    TopicMismatch(RabbitConnections connections) {
        this.connections = connections;
    }

    /** Nothing was changed on the broker. */
    MessagingException than(Topic declared, Exception refusal) {
        String name = declared.name();
        String kind = declared.competing() ? "a work queue" : "a keyed topic";
        String reason = RabbitFailures.reason(refusal);
        if (reason.contains("'type' for exchange '" + RabbitTopology.groupsExchange(name) + "'")) {
            return new MessagingException(
                    "Topic '" + name + "' is " + (declared.competing() ? "a keyed topic" : "a work queue")
                            + " on RabbitMQ, and this application declares it as " + kind
                            + ". Nothing was changed; make the applications agree (messaging.topics." + name
                            + ".work-queue).",
                    refusal);
        }
        if (!declared.competing() && reason.contains("'alternate-exchange'")) {
            int partitions = partitionsOf(name);
            if (partitions > 0 && partitions != declared.partitions()) {
                return new MessagingException(
                        "Topic '" + name + "' has " + partitions + " partitions on RabbitMQ, and this application"
                                + " declares it with " + declared.partitions() + ". Nothing was changed, because keys"
                                + " would lose their order; make the applications agree (messaging.topics." + name
                                + ".partitions).",
                        refusal);
            }
        }
        return RabbitFailures.failure(
                "RabbitMQ has topic '" + name + "' with other settings than this application needs. Nothing was"
                        + " changed; empty and delete the exchange or queue named here, it is then declared anew",
                refusal);
    }

    /** The refusal names it too, but RabbitMQ shortens what it says. */
    private int partitionsOf(String topic) {
        for (int partitions = 1; partitions <= MOST_PARTITIONS; partitions++) {
            if (exists(RabbitTopology.unpartitionedExchange(topic, partitions))) {
                return partitions;
            }
        }
        return 0;
    }

    private boolean exists(String exchange) {
        Channel channel = connections.openForConsuming();
        try {
            channel.exchangeDeclarePassive(exchange);
            return true;
        } catch (IOException | ShutdownSignalException e) {
            return false;
        } finally {
            RabbitFailures.abandon(channel);
        }
    }
}
