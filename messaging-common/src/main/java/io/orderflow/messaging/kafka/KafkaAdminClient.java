package io.orderflow.messaging.kafka;

import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/** The admin client of one broker. It is created at the first use, because that needs the broker's host name to resolve. */
final class KafkaAdminClient implements AutoCloseable {

    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    KafkaAdminClient(Map<String, Object> settings) {
        this.settings = settings;
    }

    /**
     * Waits for the answer to a request.
     *
     * @param failure the first words of the error: "Kafka could not create topic 'orders'"
     * @throws MessagingException with Kafka's own exception as its cause
     */
    <T> T ask(String failure, Function<Admin, KafkaFuture<T>> request) {
        try {
            return request.apply(admin()).get();
        } catch (ExecutionException | InterruptedException | KafkaException e) {
            throw KafkaFailures.of(failure, e);
        }
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
            admin = null;
        }
    }
}
