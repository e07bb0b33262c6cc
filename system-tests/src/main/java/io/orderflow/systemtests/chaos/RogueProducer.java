package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.systemtests.chaos.checking.Observations.Poison;
import io.orderflow.systemtests.chaos.client.ObservedMessage;
import io.orderflow.systemtests.chaos.client.PlainClient;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends poison messages, events of phantom orders, and duplicates of observed messages with the broker's own client, in a
 * thread of its own.
 */
final class RogueProducer {

    private static final String PREFIX = "chaos-";
    private static final String POISON = PREFIX + "poison-";
    private static final String PHANTOM = PREFIX + "phantom-";

    /** Accepted orders between the cancellation and the creation of a phantom order: retries have ended by then. */
    private static final int ORDERS_UNTIL_CREATION = 150;

    private static final long POLL_NANOS = 50_000_000;

    private final PlainClient.Factory clients;
    private final Counts counts;
    private final Deque<Integer> poisonPositions;
    private final Deque<Integer> cancellations;
    private final Deque<Integer> creations;
    private final Queue<ObservedMessage> duplicates = new ConcurrentLinkedQueue<>();
    private final List<Poison> poison = new CopyOnWriteArrayList<>();
    private final List<PhantomOrder> phantoms = new CopyOnWriteArrayList<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "rogue-producer");
    private volatile boolean finished;
    private volatile int repeated;
    private @Nullable PlainClient client;

    RogueProducer(PlainClient.Factory clients, Plan plan, Counts counts) {
        this.clients = clients;
        this.counts = counts;
        this.poisonPositions = new ArrayDeque<>(plan.poison());
        this.cancellations = new ArrayDeque<>(plan.phantoms());
        this.creations = new ArrayDeque<>(plan.phantoms());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends two copies of the message later. */
    void repeat(ObservedMessage message) {
        duplicates.add(message);
    }

    /** Sends the rest, and returns when the broker has stored it. */
    void finish() throws InterruptedException {
        finished = true;
        thread.join();
    }

    List<Poison> poison() {
        return List.copyOf(poison);
    }

    /** The ids of the phantom orders. */
    Set<String> phantoms() {
        return phantoms.stream().map(PhantomOrder::orderId).collect(Collectors.toSet());
    }

    /** The ids of all messages sent here except copies; the empty one for messages without an id. */
    Set<String> ids() {
        Set<String> all = new HashSet<>(ids);
        all.add("");
        return all;
    }

    /** The number of messages of which copies were sent. */
    int repeated() {
        return repeated;
    }

    static boolean hasSent(ObservedMessage message) {
        return message.id().isEmpty() || message.id().startsWith(PREFIX);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = finished;
            while (isDue(poisonPositions, 0, last)) {
                sendPoison(poisonPositions.pop());
            }
            while (isDue(cancellations, 0, last)) {
                PhantomOrder phantom = new PhantomOrder(cancellations.pop());
                phantoms.add(phantom);
                send(phantom, phantom.cancelled(PHANTOM));
            }
            while (isDue(creations, ORDERS_UNTIL_CREATION, last)) {
                PhantomOrder phantom = new PhantomOrder(creations.pop());
                send(phantom, phantom.created(PHANTOM));
            }
            for (ObservedMessage next = duplicates.poll(); next != null; next = duplicates.poll()) {
                ObservedMessage copied = next;
                untilSent(broker -> broker.repeat(copied));
                untilSent(broker -> broker.repeat(copied));
                repeated++;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        close();
    }

    private boolean isDue(Deque<Integer> positions, int later, boolean last) {
        return !positions.isEmpty() && (last || counts.accepted.get() >= positions.peek() + later);
    }

    private void send(PhantomOrder phantom, PhantomOrder.Event event) {
        ids.add(event.id());
        untilSent(broker -> broker.send(PhantomOrder.TOPIC, phantom.orderId(), event.headers(), event.body()));
    }

    private void sendPoison(int position) {
        PoisonKind kind = PoisonKind.values()[poison.size() % PoisonKind.values().length];
        String token = POISON + position;
        ids.add(token);
        poison.add(new Poison(token, kind.topic(), kind.groups()));
        byte[] body = kind.body(token).getBytes(UTF_8);
        untilSent(broker -> broker.send(kind.topic(), token, kind.headers(token), body));
    }

    /** The token of the poison message that has exactly these bytes, if there is one. */
    @Nullable
    String tokenOf(byte[] body) {
        String text = new String(body, UTF_8);
        for (Poison each : poison) {
            for (PoisonKind kind : PoisonKind.values()) {
                if (text.equals(kind.body(each.token()))) {
                    return each.token();
                }
            }
        }
        return null;
    }

    @FunctionalInterface
    private interface Sending {
        void with(PlainClient broker) throws IOException;
    }

    private void untilSent(Sending sending) {
        while (true) {
            try {
                PlainClient current = client == null ? clients.connect() : client;
                client = current;
                sending.with(current);
                return;
            } catch (IOException | RuntimeException unavailable) {
                close();
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void close() {
        PlainClient current = client;
        if (current != null) {
            current.close();
            client = null;
        }
    }
}
