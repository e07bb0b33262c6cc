package io.orderflow.messaging.engine;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** An instance of an application as a Java process of its own, which dies in the middle when it handles some messages. */
final class HandlingProcess implements AutoCloseable {

    /** A message with this number ends the process that handles it. */
    static final int DEADLY = 666;

    static final String GROUP = "test";

    private final Process process;

    private HandlingProcess(Process process) {
        this.process = process;
    }

    static HandlingProcess start(RedisServer redis, Handled handled, String topic, UnitOfWork unit) {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HandlingProcess.class.getName(),
                redis.host(),
                Integer.toString(redis.port()),
                handled.url(),
                topic,
                unit.name());
        try {
            return new HandlingProcess(command.inheritIO().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** Arguments: host and port of Redis, the database, the topic, the unit of work. Ends by itself if nobody kills it. */
    public static void main(String[] args) throws InterruptedException {
        Handled handled = Handled.in(args[2]);
        RedisBroker broker = new RedisBroker(
                new LettuceConnectionFactory(args[0], Integer.parseInt(args[1])), RedisMessagingProperties.defaults());
        EventSubscription subscription = EventSubscription.of(args[3], GROUP)
                .on(Counted.class, "counted.v1", (counted, context) -> {
                    if (counted.number() == DEADLY) {
                        Runtime.getRuntime().halt(1);
                    }
                    handled.note(counted.key(), counted.number());
                })
                .unitOfWork(UnitOfWork.valueOf(args[4]))
                .reading(ConsumerOptions.defaults().withMemberTimeout(Duration.ofSeconds(1)));
        Instance.start(broker, handled.database(), subscription);
        TimeUnit.MINUTES.sleep(2);
        System.exit(1);
    }
}
