package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.HandledConcurrentlyException;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.IdReusedException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two ways of handling a message once, each with the inbox in the handler's transaction.
 *
 * @param transaction begins, commits and rolls back
 * @param inbox remembers what has been handled
 * @param registry for the numbers of duplicates and of reused ids
 */
public record IdempotentHandling(TransactionTemplate transaction, Inbox inbox, MeterRegistry registry) {

    private static final Logger log = LoggerFactory.getLogger(IdempotentHandling.class);

    /** @param stop ends the wait for another member that is handling the same message */
    HandlerMiddleware message(Subscription subscription, MessageIds ids, StopSignal stop) {
        HandlerMiddleware once = once(subscription, ids);
        return next -> {
            MessageHandler handler = once.around(next);
            return delivery -> {
                while (true) {
                    try {
                        return handler.handle(delivery);
                    } catch (HandledConcurrentlyException e) {
                        log.info("{}: waiting for {}: {}", subscription, ids.of(delivery), e.getMessage());
                        stop.throwIfStopping();
                    }
                }
            };
        };
    }

    private HandlerMiddleware once(Subscription subscription, MessageIds ids) {
        Counter reused = reused(subscription);
        NewMessages newMessages = new NewMessages(subscription, inbox, ids);
        return next -> delivery -> {
            try {
                return Objects.requireNonNull(transaction.execute(status -> {
                    if (newMessages.among(List.of(delivery)).isEmpty()) {
                        return HandlerResult.DUPLICATE;
                    }
                    try {
                        return next.handle(delivery);
                    } catch (Exception e) {
                        throw new HandlerFailed(e);
                    }
                }));
            } catch (HandlerFailed e) {
                throw (Exception) e.getCause();
            } catch (IdReusedException e) {
                reused.increment();
                throw e;
            } catch (TransactionSystemException e) {
                throw whatItWasRolledBackFor(e);
            }
        };
    }

    /** Over a connection that is lost, the rollback fails as well; but it is the reason for it that says what is wrong. */
    private static Exception whatItWasRolledBackFor(TransactionSystemException failure) {
        Throwable reason = failure.getApplicationException();
        if (reason instanceof HandlerFailed) {
            reason = reason.getCause();
        }
        return reason instanceof Exception exception ? exception : failure;
    }

    PollHandler poll(
            Subscription subscription,
            MessageHandler handler,
            PollHandler messageByMessage,
            MessageIds ids,
            Circuits circuits,
            HandlingMetrics metrics) {
        return new BatchTransaction(
                subscription,
                transaction,
                new NewMessages(subscription, inbox, ids),
                handler,
                messageByMessage,
                circuits,
                metrics);
    }

    private Counter reused(Subscription subscription) {
        return Counter.builder("messaging.inbox.id.reused")
                .description("Messages with the source and id of another one that had been handled before")
                .tags("topic", subscription.topic(), "group", subscription.group())
                .register(registry);
    }
}
