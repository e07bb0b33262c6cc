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

/** The clients: several threads that take up one purchase after the other, and note what they are answered. */
final class Buyers {

    private static final int THREADS = 8;
    private static final long SHORTEST_THOUGHT_NANOS = 100_000_000;
    private static final int THOUGHT_NANOS = 900_000_000;
    private static final long BREATH_NANOS = 50_000_000;

    private final List<Purchase> purchases;
    private final OrderClient client;
    private final Ledger ledger;
    private final Counts counts;
    private final BooleanSupplier held;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /** @param held whether everybody is to wait, because something by plan has not happened yet */
    Buyers(List<Purchase> purchases, OrderClient client, Ledger ledger, Counts counts, BooleanSupplier held) {
        this.purchases = purchases;
        this.client = client;
        this.ledger = ledger;
        this.counts = counts;
        this.held = held;
    }

    void start(long seed) {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> buy(random), "buyer-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Nobody will ask for anything any more. */
    boolean haveDone() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void buy(Random random) {
        for (int i = next.getAndIncrement(); i < purchases.size(); i = next.getAndIncrement()) {
            Purchase purchase = purchases.get(i);
            awaitTurn();
            buy(purchase);
            LockSupport.parkNanos(SHORTEST_THOUGHT_NANOS + random.nextInt(THOUGHT_NANOS));
        }
    }

    private void awaitTurn() {
        while (held.getAsBoolean()) {
            LockSupport.parkNanos(BREATH_NANOS);
        }
    }

    private void buy(Purchase purchase) {
        ledger.asked(purchase);
        for (int i = 0; i <= purchase.repeats(); i++) {
            Optional<Answer> answer = client.place(purchase);
            if (answer.isEmpty()) {
                return;
            }
            answer.get().id().ifPresentOrElse(id -> accepted(purchase, id), () -> ledger.refused(purchase));
        }
    }

    private void accepted(Purchase purchase, String id) {
        if (ledger.accepted(purchase, id)) {
            counts.accepted.incrementAndGet();
            if (purchase.kind() == Kind.CANCELLED_AT_ONCE) {
                ledger.cancelled(id);
                client.cancel(id);
            }
        }
    }
}
