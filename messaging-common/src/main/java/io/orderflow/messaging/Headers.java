package io.orderflow.messaging;

/**
 * The names of headers.
 *
 * <p>The envelope is CloudEvents 1.0 in binary mode. Inside this library an attribute is named as in its Kafka binding, {@code ce_id};
 * each adapter maps it to its broker's own binding, so that other clients understand the messages. See the CloudEvents
 * specification, "Kafka Protocol Binding" 3.2 and "AMQP Protocol Binding" 3.1.
 */
public final class Headers {

    /** The prefix of all CloudEvents attributes. */
    public static final String CLOUD_EVENTS_PREFIX = "ce_";

    /**
     * Unique among the messages of its {@link #SOURCE}, and never reused: retries, redrives and a change of broker keep it. See {@link
     * MessageId}.
     */
    public static final String ID = "ce_id";

    /** A logical, versioned name such as {@code order.created.v1}; never a class name. */
    public static final String TYPE = "ce_type";

    /** The sender. */
    public static final String SOURCE = "ce_source";

    /** When the event happened, RFC 3339. */
    public static final String TIME = "ce_time";

    /**
     * Numbers the events of a key, from 1 and without a gap: CloudEvents' extension attribute {@code sequence}, padded with zeros so
     * that it sorts as text, as the extension requires.
     */
    public static final String SEQUENCE = "ce_sequence";

    /**
     * Where the payload of a message is that is too large to travel: CloudEvents' extension attribute {@code dataref}, relative to the
     * address of the sender. The message has no value then.
     */
    public static final String DATA_REF = "ce_dataref";

    public static final String SPEC_VERSION = "ce_specversion";

    /** The payload's media type. */
    public static final String CONTENT_TYPE = "content-type";

    /** RabbitMQ's routing key, a plain header on other brokers: {@code order.created.express}. */
    public static final String ROUTING_KEY = "messaging-routing-key";

    /** How often handling has failed. Trusted only on a retry topic, and limited. */
    public static final String ATTEMPTS = "messaging-attempts";

    /** When handling first failed, ISO-8601. */
    public static final String FIRST_FAILURE = "messaging-first-failure";

    /** The topic that a retried or dead-lettered message was first read from. */
    public static final String ORIGIN_TOPIC = "messaging-origin-topic";

    /** The group whose handler failed. */
    public static final String ORIGIN_GROUP = "messaging-origin-group";

    /** The position of the delivery that failed last. */
    public static final String ORIGIN_POSITION = "messaging-origin-position";

    /** Why a message was dead-lettered, in one sentence. */
    public static final String DEAD_LETTER_REASON = "messaging-dead-letter-reason";

    /** The type and message of the exception. */
    public static final String DEAD_LETTER_CAUSE = "messaging-dead-letter-cause";

    /** Where the exception was thrown, {@code class#method:line}: the first stack frame in the application's own code. */
    public static final String DEAD_LETTER_PLACE = "messaging-dead-letter-place";

    /** When a message was dead-lettered, ISO-8601. */
    public static final String DEAD_LETTERED_AT = "messaging-dead-lettered-at";

    /** Set on a message that carried no time: its timestamp is the time of this delivery. */
    public static final String TIMED_ON_ARRIVAL = "messaging-timed-on-arrival";

    /** The only receiver of a broadcast, by its {@link ConsumerOptions#address()}. */
    public static final String ADDRESS = "messaging-address";

    /** Of a request: the broadcast topic for its reply, whose name ends in {@code .replies}. */
    public static final String REPLY_TO = "messaging-reply-to";

    /** Of a request: the {@link #ADDRESS} for its reply. */
    public static final String REPLY_ADDRESS = "messaging-reply-address";

    /** Of a reply: the {@link #ID} of the request. */
    public static final String CORRELATION_ID = "messaging-correlation-id";

    /** Until when a message is of use, RFC 3339: CloudEvents' extension attribute {@code expirytime}. It is not handled later. */
    public static final String EXPIRES_AT = "ce_expirytime";

    /** The id of the redrive that sent a dead letter to its group again. */
    public static final String REDRIVE = "messaging-redrive";

    /** The trace context in which a message was created: W3C Trace Context, {@code tracestate} beside it. */
    public static final String TRACE_PARENT = "traceparent";

    /** Of a retried or redriven message: the span of its group's first attempt, in the format of {@link #TRACE_PARENT}. */
    public static final String FIRST_ATTEMPT = "messaging-first-attempt";

    private Headers() {}
}
