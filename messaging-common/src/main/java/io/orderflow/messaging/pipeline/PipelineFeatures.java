package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.Subscription;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an application adds to the pipeline. The features need a database, and each of them may be missing.
 *
 * @param idempotency the inbox and its transaction; without it a message that is delivered again is handled again
 * @param crashProtection against messages that end the process; made once for each member
 * @param sequences records the numbers of events
 * @param batchMiddlewares the application's own, outermost first
 * @param handlerMiddlewares the application's own, outermost first
 */
public record PipelineFeatures(
        @Nullable Idempotency idempotency,
        @Nullable Function<Subscription, CrashProtection> crashProtection,
        @Nullable Function<Subscription, HandlerMiddleware> sequences,
        List<BatchMiddleware> batchMiddlewares,
        List<HandlerMiddleware> handlerMiddlewares) {

    /** Without a database and without middlewares of the application. */
    public static final PipelineFeatures NONE = new PipelineFeatures(null, null, null, List.of(), List.of());

    /** The same with these middlewares of the application. */
    public PipelineFeatures with(List<BatchMiddleware> batch, List<HandlerMiddleware> handler) {
        return new PipelineFeatures(idempotency, crashProtection, sequences, batch, handler);
    }
}
