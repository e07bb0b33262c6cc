package io.orderflow.messaging.request;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageExpiry;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.codec.JsonCodec;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests.
 *
 * <pre>{@code
 * EventSubscription.of("shipping-quotes", "shipping")
 *         .on(QuoteRequested.class, QuoteRequested.TYPE, replies.with(Quoted.TYPE, Quoted.class, quotes::quote))
 * }</pre>
 *
 * <p>A request whose time is up is dropped. If the answering function fails, the problem is replied, and the request is not
 * repeated. If the reply cannot be sent, the request is retried by the subscription's policy. An answer is sent outside of any
 * transaction.
 */
public final class Replies {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private static final JsonCodec<Problem> PROBLEMS = JsonCodec.of(Problem.class);

    private final MessageProducer<String, byte[]> producer;
    private final String source;
    private final InstantSource clock;

    /** Computes the reply to a request. */
    @FunctionalInterface
    public interface Answer<Q, R> {

        /** @throws RequestFailedException with the problem to reply */
        R to(Q request) throws Exception;
    }

    /** @param source the CloudEvents source of this application */
    public Replies(MessageProducer<String, byte[]> producer, String source, InstantSource clock) {
        this.producer = producer;
        this.source = source;
        this.clock = clock;
    }

    /**
     * A handler that replies.
     *
     * @param type the type of the reply, logical and versioned
     */
    public <Q, R> EventHandler<Q> with(String type, Class<R> replyClass, Answer<Q, R> answer) {
        JsonCodec<R> codec = JsonCodec.of(replyClass);
        return new ReplyingHandler<>(type, replyClass, (request, context) -> {
            if (MessageExpiry.isExpired(context.headers(), clock.instant())) {
                log.info("Request {} on {} is dropped: the time to answer it is up.", context.id(), context.topic());
                return;
            }
            byte[] bytes;
            try {
                bytes = codec.encode(answer.to(request));
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                reply(context, Problem.TYPE, Problem.CONTENT_TYPE, PROBLEMS.encode(problem(context, e)));
                return;
            }
            reply(context, type, "application/json", bytes);
        });
    }

    private static Problem problem(EventContext context, Exception failure) {
        if (failure instanceof RequestFailedException described) {
            return described.problem();
        }
        log.warn("Request {} on {} failed, and that is replied: {}", context.id(), context.topic(), failure.toString());
        return Problem.INTERNAL;
    }

    private void reply(EventContext context, String type, String contentType, byte[] bytes) {
        String topic = context.headers().get(Headers.REPLY_TO);
        String instance = context.headers().get(Headers.REPLY_ADDRESS);
        if (topic == null || instance == null || !Topic.named(topic).isBroadcast()) {
            log.warn("Request {} on {} names no place for a reply; none is sent.", context.id(), context.topic());
            return;
        }
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.SPEC_VERSION, "1.0");
        headers.put(Headers.ID, UUID.randomUUID().toString());
        headers.put(Headers.SOURCE, source);
        headers.put(Headers.TYPE, type);
        headers.put(Headers.TIME, now.toString());
        headers.put(Headers.CONTENT_TYPE, contentType);
        headers.put(Headers.ADDRESS, instance);
        headers.put(Headers.CORRELATION_ID, context.id());
        producer.send(Topic.named(topic), new Message<>(null, bytes, headers, now));
    }
}
