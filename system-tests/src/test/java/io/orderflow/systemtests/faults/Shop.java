package io.orderflow.systemtests.faults;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetterState;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.RedriveJobs;
import io.orderflow.messaging.deadletters.RedriveOrder;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The application that is killed at fail points: places orders, reserves and packs them with a transaction per message, and
 * books the answers with a transaction per poll. Orders that cannot be packed are dead-lettered and redriven by a job. Its
 * schema does not prevent duplicate effects; the library has to.
 */
@Configuration
@EnableAutoConfiguration
class Shop {

    static final String ORDERS = "orders";
    static final String ANSWERS = "answers";
    static final String STOCK = "stock";
    static final String PACKING = "packing";
    static final String LEDGER = "ledger";

    static final String SCHEMA = """
            create table placed (seq bigint generated always as identity, order_id text not null, order_key text not null);
            create table reserved (order_id text not null);
            create table packed (seq bigint generated always as identity, order_id text not null);
            create table booked (order_id text not null);
            """;

    /** The number of orders that an instance places: limited or practically unlimited. */
    static final String A_SHARE = "60";

    static final String ENDLESS = "1000000";

    /** Enough that each of two members gets some. */
    private static final int KEYS = 30;

    private static final int FLAKY_EVERY = 6;

    /** Coprime to the number of keys, so that every partition gets poison messages. */
    private static final int POISON_EVERY = 11;

    /** Coprime to the number of keys as well. */
    private static final int LOOSE_EVERY = 7;

    private static final int DAMAGED_EVERY = 50;
    private static final Duration BETWEEN_REPAIRS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(15);

    record Placed(String orderId) {}

    record Reserved(String orderId) {}

    private final JdbcClient jdbc;

    Shop(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Bean
    static MeterRegistry registry() {
        return new SimpleMeterRegistry();
    }

    @Bean
    EventType<Placed> placed(@Value("${shop.topic}") String topic) {
        return EventType.of(Placed.class, "order.placed.v1", topic + ORDERS, order -> keyOf(order.orderId()));
    }

    @Bean
    EventType<Reserved> reserved(@Value("${shop.topic}") String topic) {
        return EventType.of(Reserved.class, "order.reserved.v1", topic + ANSWERS, order -> keyOf(order.orderId()));
    }

    @Bean
    EventSubscription stock(EventPublisher publisher, @Value("${shop.topic}") String topic) {
        return EventSubscription.of(topic + ORDERS, STOCK)
                .on(Placed.class, "order.placed.v1", (order, context) -> reserve(order, context, publisher))
                .retrying(RetryPolicy.defaults()
                        .pausing(Duration.ofMillis(50), Duration.ofMillis(200))
                        .notRetrying(IllegalArgumentException.class))
                .reading(reading());
    }

    @Bean
    EventSubscription packing(@Value("${shop.topic}") String topic) {
        return EventSubscription.of(topic + ORDERS, PACKING)
                .on(Placed.class, "order.placed.v1", this::pack)
                .retrying(RetryPolicy.defaults()
                        .pausing(Duration.ofMillis(50), Duration.ofMillis(200))
                        .notRetrying(IllegalArgumentException.class))
                .reading(reading());
    }

    @Bean
    EventSubscription ledger(@Value("${shop.topic}") String topic) {
        return EventSubscription.of(topic + ANSWERS, LEDGER)
                .on(Reserved.class, "order.reserved.v1", (order, context) -> insert("booked", order.orderId()))
                .unitOfWork(UnitOfWork.POLL)
                .reading(reading());
    }

    @Bean
    Repairs repairs(DeadLetters letters, RedriveJobs jobs) {
        return new Repairs(letters, jobs);
    }

    /** After the consumers, as runners come last. */
    @Bean
    ApplicationRunner orders(
            EventPublisher publisher,
            TransactionTemplate transaction,
            Repairs repairs,
            @Value("${shop.orders}") int number) {
        return arguments -> {
            repairs.start();
            String start = UUID.randomUUID().toString().substring(0, 8);
            for (int i = 1; i <= number; i++) {
                String order = start + "-" + i % KEYS + ":" + i + kind(i);
                transaction.executeWithoutResult(status -> {
                    jdbc.sql("insert into placed (order_id, order_key) values (?, ?)")
                            .params(order, keyOf(order))
                            .update();
                    publisher.publish(new Placed(order));
                });
                LockSupport.parkNanos(BETWEEN_ORDERS.toNanos()); // so that several polls are needed
            }
            System.out.println(ShopProcess.ALL_PLACED);
        };
    }

    /** Redrives the dead letters of packing, as an operator does. */
    record Repairs(DeadLetters letters, RedriveJobs jobs) {

        private static final DeadLetterFilter DAMAGED =
                new DeadLetterFilter(PACKING, null, null, null, null, null, DeadLetterState.WAITING, null, null, null);

        void start() {
            Thread thread = new Thread(this::repair, "repairs");
            thread.setDaemon(true);
            thread.start();
        }

        private void repair() {
            while (true) {
                if (letters.count(DAMAGED) > 0) {
                    jobs.start(new RedriveOrder(DAMAGED, null, false, RedriveOrder.DEFAULT_PER_SECOND, false), "shop");
                }
                LockSupport.parkNanos(BETWEEN_REPAIRS.toNanos());
            }
        }
    }

    static boolean isPoison(String order) {
        return order.endsWith("poison");
    }

    private void reserve(Placed order, EventContext context, EventPublisher publisher) {
        if (isPoison(order.orderId())) {
            throw new IllegalArgumentException("This order cannot be reserved.");
        }
        insert("reserved", order.orderId());
        publisher.publish(new Reserved(order.orderId()));
        if (order.orderId().endsWith("flaky") && context.attempt() == 1) {
            throw new IllegalStateException("The first attempt fails.");
        }
    }

    private void pack(Placed order, EventContext context) {
        int number = numberOf(order.orderId());
        if (number % DAMAGED_EVERY == 0 && !context.headers().containsKey(Headers.REDRIVE)) {
            throw new IllegalArgumentException("This order cannot be packed before a redrive.");
        }
        insert("packed", order.orderId());
        if (number % LOOSE_EVERY == 0 && context.attempt() == 1) {
            throw new IllegalStateException("The box has come open.");
        }
    }

    private static int numberOf(String order) {
        return Integer.parseInt(order.substring(order.indexOf(':') + 1).replaceAll("\\D", ""));
    }

    private void insert(String table, String order) {
        jdbc.sql("insert into " + table + " (order_id) values (?)").param(order).update();
    }

    private static String kind(int number) {
        return number % POISON_EVERY == 0 ? "poison" : number % FLAKY_EVERY == 0 ? "flaky" : "";
    }

    private static String keyOf(String order) {
        return order.substring(0, order.indexOf(':'));
    }

    private static ConsumerOptions reading() {
        return ConsumerOptions.defaults().withMaxPollMessages(5).withMemberTimeout(Duration.ofSeconds(6));
    }

    public static void main(String[] args) {
        new SpringApplicationBuilder(Shop.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                // the test has created the tables
                .properties("spring.flyway.enabled=false", "messaging.database.migrate=false")
                .run(args);
    }
}
