package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two ways of handling a message once, each with the inbox in the handler's transaction.
 *
 * @param transaction begins, commits and rolls back
 * @param inbox remembers what has been handled
 * @param registry for the number of duplicates
 */
public record HandlingOnce(TransactionTemplate transaction, Inbox inbox, MeterRegistry registry) {

    HandlerMiddleware message(String group, Function<Delivery<String, byte[]>, String> ids) {
        Counter duplicates = duplicates(group);
        return next -> delivery -> {
            try {
                return Objects.requireNonNull(transaction.execute(status -> {
                    if (inbox.note(group, List.of(ids.apply(delivery))).isEmpty()) {
                        duplicates.increment();
                        return HandlerResult.SKIPPED;
                    }
                    try {
                        return next.handle(delivery);
                    } catch (Exception e) {
                        throw new HandlerFailed(e);
                    }
                }));
            } catch (HandlerFailed e) {
                throw (Exception) e.getCause();
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
            String group,
            MessageHandler handler,
            PollHandler messageByMessage,
            Function<Delivery<String, byte[]>, String> ids,
            Circuits circuits,
            HandlingMetrics metrics) {
        return new OneTransactionAPoll(
                group,
                transaction,
                inbox,
                ids,
                handler,
                messageByMessage,
                circuits,
                metrics,
                duplicates(group)::increment);
    }

    private Counter duplicates(String group) {
        return Counter.builder("messaging.inbox.duplicates")
                .description("Messages that had been handled before")
                .tag("group", group)
                .register(registry);
    }
}
