package io.orderflow.benchmarks;

import io.orderflow.localstack.Broker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** {@code java -jar benchmarks.jar [--quick] [case ...]}: runs the cases, or all of them, and prints one table. */
public final class Benchmarks {

    private static final String QUICK = "--quick";
    private static final String LOGGING = "benchmarks-logback.xml";

    private Benchmarks() {}

    private static Map<String, Supplier<Benchmark>> cases() {
        Map<String, Supplier<Benchmark>> cases = new LinkedHashMap<>();
        cases.put("kafka", KafkaBenchmark::new);
        cases.put("redis", RedisBenchmark::new);
        cases.put("redis-members", MembersBenchmark::partitionsOnRedis);
        cases.put("work-queue", MembersBenchmark::workQueues);
        cases.put("outbox", OutboxBenchmark::throughput);
        cases.put("outbox-backlog", OutboxBenchmark::backlog);
        cases.put("outbox-delayed", DelayedRowsBenchmark::new);
        cases.put("consuming", ConsumingBenchmark::new);
        cases.put("tracing", TracingBenchmark::new);
        cases.put("filter", FilterBenchmark::new);
        cases.put("streams", StreamsBenchmark::new);
        cases.put("replay", ReplayBenchmark::new);
        cases.put("rabbitmq", RabbitBenchmark::new);
        for (Broker broker : Broker.values()) {
            cases.put("order-flow-" + broker, () -> new OrderFlowBenchmark(broker));
        }
        return cases;
    }

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", LOGGING); // local-stack, on the same class path, has one too
        List<String> names = new ArrayList<>(Arrays.asList(args));
        Rounds rounds = names.remove(QUICK) ? Rounds.QUICK : Rounds.THOROUGH;
        Set<String> known = cases().keySet();
        if (names.isEmpty() || names.equals(List.of("all"))) {
            names = List.copyOf(known);
        }
        if (!known.containsAll(names)) {
            System.err.println("Usage: benchmarks [" + QUICK + "] [all | " + String.join(" | ", known) + " ...]");
            System.exit(2);
        }
        System.exit(run(names, rounds) ? 0 : 1);
    }

    /** @return whether every case ran; a figure below its bar is said in its line, and is no failure to run */
    private static boolean run(List<String> names, Rounds rounds) {
        boolean allRan = true;
        System.out.println(Line.HEADING);
        for (String name : names) {
            try {
                cases().get(name).get().run(rounds).forEach(line -> System.out.println(line.markdown()));
            } catch (Exception e) {
                allRan = false;
                System.err.println("The case '" + name + "' failed: " + e);
            }
        }
        return allRan;
    }
}
