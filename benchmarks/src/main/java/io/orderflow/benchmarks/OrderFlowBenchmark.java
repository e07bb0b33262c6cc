package io.orderflow.benchmarks;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.LocalStack;
import io.orderflow.localstack.PortPlan;
import io.orderflow.localstack.Shop;
import io.orderflow.localstack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From POST to SHIPPED through the four services as processes of their own, at a steady pace: what a customer would wait
 * if the carrier took no time. Taken from before the request to the time in the order's timeline, on one clock.
 */
final class OrderFlowBenchmark implements Benchmark {

    private static final int PACE = 50;
    private static final int WARM_UP_ORDERS = 20 * PACE;
    private static final int ORDERS = 20 * PACE;
    private static final int CLIENTS = 8;
    private static final String SKU = "CABLE-USB-C";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Broker broker;

    OrderFlowBenchmark(Broker broker) {
        this.broker = broker;
    }

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        StackOptions options = new StackOptions(
                broker, Path.of("."), folder(), false, PortPlan.free(), Map.of("SHIPPING_CARRIER_DELAY", "0s"));
        try (LocalStack stack = LocalStack.start(options);
                Writers clients = new Writers(CLIENTS)) {
            Shop shop = Shop.of(stack);
            placeAndAwait(shop, clients, WARM_UP_ORDERS);
            List<Double> millis = placeAndAwait(shop, clients, ORDERS);
            String what = "order flow on " + broker + ": POST to SHIPPED at " + PACE + "/s, ";
            return List.of(
                    Line.noted(what + "median", millis.get(millis.size() / 2), "ms"),
                    Line.noted(what + "p99", millis.get(millis.size() * 99 / 100), "ms"));
        }
    }

    /** How long each order took, sorted. */
    private static List<Double> placeAndAwait(Shop shop, Writers clients, int orders) throws Exception {
        String[] ids = new String[orders];
        Instant[] posted = new Instant[orders];
        clients.paced(orders, PACE, number -> {
            posted[number] = Instant.now();
            ids[number] = shop.place("bench", "standard", SKU, 1);
        });
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < orders; i++) {
            millis.add(Duration.between(posted[i], shippedAt(shop, ids[i])).toNanos() / 1e6);
        }
        millis.sort(null);
        return millis;
    }

    private static Instant shippedAt(Shop shop, String id) {
        if (!shop.awaitStatus(id, "SHIPPED"::equals, PATIENCE)) {
            throw new IllegalStateException("Order " + id + " is " + shop.status(id) + " after a minute.");
        }
        return shop.timeline(id).stream()
                .filter(entry -> entry.get("status").asString().equals("SHIPPED"))
                .map(entry -> Instant.parse(entry.get("at").asString()))
                .findFirst()
                .orElseThrow();
    }

    private static Path folder() throws IOException {
        return Files.createTempDirectory("order-flow-bench");
    }
}
