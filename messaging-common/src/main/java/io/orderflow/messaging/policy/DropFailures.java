package io.orderflow.messaging.policy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts failed broadcasts: there is no group that could retry them. */
public final class DropFailures implements HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(DropFailures.class);

    private final Subscription subscription;
    private final Counter dropped;

    public DropFailures(Subscription subscription, MeterRegistry registry) {
        this.subscription = subscription;
        this.dropped = Counter.builder("messaging.dropped")
                .description("Broadcasts whose handler failed")
                .tags("topic", subscription.topic(), "group", subscription.group())
                .register(registry);
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            try {
                return next.handle(delivery);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                dropped.increment();
                log.warn(
                        "{}: {} is dropped, because its handler failed: {}",
                        subscription,
                        FailedMessage.name(delivery),
                        FailedMessage.describe(e));
                return HandlerResult.DROPPED;
            }
        };
    }
}
