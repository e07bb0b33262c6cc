package io.orderflow.messaging.request;

import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventHandler;

/**
 * A handler of {@link Replies}, which states what it replies.
 *
 * @param replyType the type of its replies
 * @param replyClass their class
 * @param handler answers
 */
public record ReplyingHandler<Q, R>(String replyType, Class<R> replyClass, EventHandler<Q> handler)
        implements EventHandler<Q> {

    @Override
    public void handle(Q request, EventContext context) throws Exception {
        handler.handle(request, context);
    }
}
