package io.orderflow.messaging.jdbc;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Sends itself messages and begins to handle them, in one of three ways; a process of its own for {@link ShutdownTest}. */
@Configuration
@EnableAutoConfiguration
class TerminatedApplication {

    static final int IN_FLIGHT = 200;
    static final String HANDLING = "handling";

    private static final CountDownLatch SENDING = new CountDownLatch(1);

    private final AtomicBoolean said = new AtomicBoolean();

    record Placed(String orderId) {}

    public static void main(String[] args) throws InterruptedException {
        var context = new SpringApplicationBuilder(TerminatedApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(args);
        List<Message<String, byte[]>> messages = IntStream.range(0, IN_FLIGHT)
                .mapToObj(i -> message("order-" + i))
                .toList();
        if (context.getEnvironment().getRequiredProperty("test.mode").equals("hanging")) {
            letTheRelayHang(context);
        }
        context.getBean(MessageBroker.class).producer().sendBatch(Topic.named("orders"), messages);
    }

    private static void letTheRelayHang(ApplicationContext context) throws InterruptedException {
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(
                        status -> context.getBean(Outbox.class).add("answers", List.of(message("answer"))));
        SENDING.await();
    }

    /** Of the outbox's relay: its first message is never sent. */
    @Bean
    @ConditionalOnProperty(name = "test.mode", havingValue = "hanging")
    MessageProducer<String, byte[]> hangingProducer() {
        return new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                SENDING.countDown();
                while (true) {
                    LockSupport.park();
                }
            }

            @Override
            public void close() {}
        };
    }

    private static Message<String, byte[]> message(String name) {
        byte[] json = ("{\"orderId\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Message<>("same-key", json, Map.of(Headers.ID, name), Instant.EPOCH);
    }

    @Bean
    EventSubscription orders(JdbcClient jdbc, @Value("${test.mode}") String mode) {
        return EventSubscription.of("orders", "stock")
                .takingUntyped()
                .on(Placed.class, "order.placed.v1", (placed, context) -> {
                    jdbc.sql("insert into handled values (?)")
                            .param(placed.orderId())
                            .update();
                    if (said.compareAndSet(false, true)) {
                        System.out.println(HANDLING);
                    }
                    takeTime(mode);
                });
    }

    private static void takeTime(String mode) throws InterruptedException {
        switch (mode) {
            case "slow" -> new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS); // 40 s for all
            case "hanging" -> {
                while (true) {
                    LockSupport.park(); // returns at once when the thread is interrupted, and every time afterwards
                }
            }
            default -> {}
        }
    }
}
