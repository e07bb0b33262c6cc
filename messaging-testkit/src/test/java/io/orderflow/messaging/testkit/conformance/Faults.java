package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Ways to break a broker. */
final class Faults {

    private Faults() {}

    /** What is sent is something else than what was given. */
    static UnaryOperator<MessageBroker> sending(UnaryOperator<Stream<Message<String, byte[]>>> tampering) {
        return producing(real -> new TamperedProducer(real) {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                real.sendBatch(topic, tampering.apply(messages.stream()).toList());
            }
        });
    }

    static UnaryOperator<MessageBroker> producing(
            Function<MessageProducer<String, byte[]>, MessageProducer<String, byte[]>> tampering) {
        return broker -> new TamperedBroker(broker) {
            @Override
            public MessageProducer<String, byte[]> producer() {
                return tampering.apply(real().producer());
            }
        };
    }

    /** What a poll returns is something else than what came. */
    static UnaryOperator<MessageBroker> polling(
            BiFunction<MessageConsumer<String, byte[]>, List<Delivery<String, byte[]>>, List<Delivery<String, byte[]>>>
                    tampering) {
        return consuming(real -> new TamperedConsumer(real) {
            @Override
            public List<Delivery<String, byte[]>> poll(Duration timeout) {
                return tampering.apply(real, real.poll(timeout));
            }
        });
    }

    static UnaryOperator<MessageBroker> committing(Consumer<MessageConsumer<String, byte[]>> instead) {
        return consuming(real -> new TamperedConsumer(real) {
            @Override
            public void commit() {
                instead.accept(real);
            }
        });
    }

    static UnaryOperator<MessageBroker> closing(Consumer<MessageConsumer<String, byte[]>> instead) {
        return consuming(real -> new TamperedConsumer(real) {
            @Override
            public void close() {
                instead.accept(real);
            }
        });
    }

    static UnaryOperator<MessageBroker> consuming(UnaryOperator<MessageConsumer<String, byte[]>> tampering) {
        return broker -> new TamperedBroker(broker) {
            @Override
            public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
                return tampering.apply(real().consumer(group, options));
            }
        };
    }

    /** Members join another group, or with other options, than they were told to. */
    static UnaryOperator<MessageBroker> joining(UnaryOperator<String> groups, UnaryOperator<ConsumerOptions> options) {
        return broker -> new TamperedBroker(broker) {
            @Override
            public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions given) {
                return real().consumer(groups.apply(group), options.apply(given));
            }
        };
    }
}
