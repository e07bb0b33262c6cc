package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The middlewares of one member, as they run and as they are printed.
 *
 * @param poll around a poll
 * @param message around one message, outside its transaction but for the last one, which begins it
 * @param work around one message, also where a poll is handled as a whole
 * @param handler the event handlers with {@code work} around them
 */
record Layers(
        EventSubscription subscription,
        List<BatchMiddleware> poll,
        List<HandlerMiddleware> message,
        List<HandlerMiddleware> work,
        MessageHandler handler,
        StopCheck stop) {

    BatchHandler chain() {
        return BatchMiddleware.chain(poll, new MessageByMessage(HandlerMiddleware.chain(message, handler), stop));
    }

    /** What stands around the handlers, outermost first. */
    @Override
    public String toString() {
        String inner = names(work.stream().map(HandlerMiddleware::name), " > ") + "handlers";
        String outer = names(message.stream().map(HandlerMiddleware::name), " > ");
        boolean atOnce = poll.stream().anyMatch(BatchTransaction.class::isInstance);
        return subscription.subscription() + ", UnitOfWork." + subscription.unitOfWork()
                + "\n  poll:    " + names(poll.stream().map(BatchMiddleware::name), " > ")
                + (atOnce ? "all messages( " + inner + " ), and if that fails each message" : "each message")
                + "\n  message: " + outer + inner;
    }

    private static String names(Stream<String> names, String separator) {
        return names.map(each -> each + separator).collect(Collectors.joining());
    }
}
