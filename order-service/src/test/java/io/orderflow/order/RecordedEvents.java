package io.orderflow.order;

import io.orderflow.messaging.events.EventPublisher;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration
public class RecordedEvents {
    public final List<Object> events = new CopyOnWriteArrayList<>();

    @Bean
    EventPublisher eventPublisher() {
        return new EventPublisher() {
            public void publish(Object event) {
                events.add(event);
            }

            public void publishNotBefore(Instant time, Object event) {
                events.add(event);
            }
        };
    }
}
