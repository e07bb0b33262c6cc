package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.text;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** Threads that send batches, each with a key of its own. A batch is repeated until it is accepted. */
final class SenderThreads implements AutoCloseable {

    private final Duration patience;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<CompletableFuture<Void>> threads;

    /** @param messagesEach how many messages each thread sends, unless it is stopped by {@link #close()} */
    SenderThreads(Scenario s, MessageProducer<String, byte[]> producer, int threads, int messagesEach, int batch) {
        this.patience = s.patience().multipliedBy(2);
        this.threads = IntStream.range(0, threads)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> send(s.topic(), producer, "sender-" + number, messagesEach, batch),
                        task -> new Thread(task, "sender-" + number).start()))
                .toList();
    }

    private void send(Topic topic, MessageProducer<String, byte[]> producer, String name, int messages, int batch) {
        for (int sent = 0; sent < messages && !stopped.get(); sent += batch) {
            List<Message<String, byte[]>> some = new ArrayList<>();
            for (int i = sent; i < Math.min(messages, sent + batch); i++) {
                some.add(text(name, name + ":" + i));
            }
            untilItWorks(patience, () -> producer.sendBatch(topic, some));
            some.forEach(message -> accepted.add(new String(message.value(), StandardCharsets.UTF_8)));
        }
    }

    /** The texts that the broker has accepted so far. */
    Set<String> accepted() {
        return accepted;
    }

    void awaitAccepted(int number) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> accepted.size() >= number
                        || threads.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    }

    /** Waits until all threads have ended; throws if one has failed. */
    void awaitAll() {
        threads.forEach(CompletableFuture::join);
    }

    static void untilItWorks(Duration patience, Runnable action) {
        await().atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(MessagingException.class)
                .until(() -> {
                    action.run();
                    return true;
                });
    }

    @Override
    public void close() {
        stopped.set(true);
    }
}
