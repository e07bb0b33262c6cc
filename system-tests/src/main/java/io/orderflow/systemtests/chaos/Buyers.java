package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.OrderClient.Answer;
import io.orderflow.systemtests.chaos.Purchase.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The clients: threads that make one purchase after the other and record the answers. */
final class Buyers {

    private static final int THREADS = 8;
    private static final long MIN_PAUSE_NANOS = 100_000_000;
    private static final int RANDOM_PAUSE_NANOS = 900_000_000;
    private static final long POLL_NANOS = 50_000_000;

    private final List<Purchase> purchases;
    private final OrderClient client;
    private final RequestLog requests;
    private final Counts counts;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    Buyers(List<Purchase> purchases, OrderClient client, RequestLog requests, Counts counts) {
        this.purchases = purchases;
        this.client = client;
        this.requests = requests;
        this.counts = counts;
    }

    /** @param held whether all clients have to wait before their next purchase */
    void start(long seed, BooleanSupplier held) {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> buy(random, held), "buyer-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Whether no client will send another request. */
    boolean areDone() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void buy(Random random, BooleanSupplier held) {
        for (int i = next.getAndIncrement(); i < purchases.size(); i = next.getAndIncrement()) {
            while (held.getAsBoolean()) {
                LockSupport.parkNanos(POLL_NANOS);
            }
            buy(purchases.get(i));
            LockSupport.parkNanos(MIN_PAUSE_NANOS + random.nextInt(RANDOM_PAUSE_NANOS));
        }
    }

    private void buy(Purchase purchase) {
        requests.sent(purchase);
        for (int i = 0; i <= purchase.repeats(); i++) {
            Optional<Answer> answer = client.place(purchase);
            if (answer.isEmpty()) {
                return;
            }
            answer.get().id().ifPresentOrElse(id -> accepted(purchase, id), () -> requests.refused(purchase));
        }
    }

    private void accepted(Purchase purchase, String id) {
        if (requests.accepted(purchase, id)) {
            counts.accepted.incrementAndGet();
            if (purchase.kind() == Kind.CANCELLED_AT_ONCE) {
                requests.cancelled(id);
                client.cancel(id);
            }
        }
    }
}
