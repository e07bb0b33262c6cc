package io.orderflow.benchmarks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.OperatorPauses;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a filter costs where the library filters: the pipeline alone, without a broker, with a filter that accepts all and without one. */
final class FilterBenchmark implements Benchmark {

    private static final int MESSAGES = 20_000;
    private static final int POLL = 500;
    private static final String TOPIC = "bench-filter";

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        EventSubscription all =
                EventSubscription.of(TOPIC, "bench").on(String.class, "order.created.v1", (text, context) -> {});
        EventSubscription filtered = all.matching("order.created.*").whereAll(Map.of("region", "eu"));
        return List.of(Line.compared(
                "pipeline: a filter by pattern and header, beside none",
                rounds.compare(handling(filtered), handling(all))));
    }

    private static Measured handling(EventSubscription subscription) {
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(new MemoryBroker().producer()),
                PipelineFeatures.NONE,
                new SimpleMeterRegistry(),
                InstantSource.system());
        BatchHandler handler = pipeline.of(
                subscription,
                pipeline.circuits(subscription, new OperatorPauses()),
                new TimeLimit("", Duration.ofMinutes(1)),
                StopCheck.NEVER);
        List<Delivery<String, byte[]>> deliveries = deliveries();
        return Measured.timed(MESSAGES, () -> {
            for (int from = 0; from < MESSAGES; from += POLL) {
                handler.handle(deliveries.subList(from, from + POLL));
            }
        });
    }

    private static List<Delivery<String, byte[]>> deliveries() {
        byte[] json = ("\"" + "x".repeat(Load.PAYLOAD_BYTES) + "\"").getBytes(StandardCharsets.UTF_8);
        List<Delivery<String, byte[]>> deliveries = new ArrayList<>();
        Load.messages(MESSAGES)
                .forEach(message -> deliveries.add(new Delivery<>(
                        TOPIC,
                        message.withValue(json)
                                .withHeaders(Map.of(Headers.ROUTING_KEY, "order.created.express", "region", "eu")),
                        TOPIC + "-0@" + deliveries.size())));
        return deliveries;
    }
}
