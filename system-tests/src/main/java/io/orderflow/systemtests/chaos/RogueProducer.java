package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.systemtests.chaos.checking.Observations.Poison;
import io.orderflow.systemtests.chaos.wire.Sighting;
import io.orderflow.systemtests.chaos.wire.Wire;
import io.orderflow.systemtests.chaos.wire.Wires;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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

/** Sends with the broker's own client what nobody asked for: poison, ghosts, and messages that were there already. */
final class RogueProducer {

    private static final String TOKEN = "chaos-";
    private static final String POISON = TOKEN + "poison-";
    private static final String GHOST = TOKEN + "ghost-";

    /** So many orders are accepted between a ghost's cancellation and its creation: what is tried again is over by then. */
    private static final int MUCH_LATER = 150;

    private static final long BREATH_NANOS = 50_000_000;

    private final Wires wires;
    private final Counts counts;
    private final Deque<Integer> positions;
    private final Deque<Integer> ghosts;
    private final Deque<Integer> ghostsMuchLater;
    private final Queue<Sighting> duplicates = new ConcurrentLinkedQueue<>();
    private final List<Poison> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<PhantomOrder> told = new CopyOnWriteArrayList<>();
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "vandal");
    private volatile boolean finished;
    private volatile int repeated;
    private @Nullable Wire wire;

    /**
     * @param poison the counts of accepted orders at which something indigestible is sent
     * @param ghosts those at which a ghost is cancelled
     */
    RogueProducer(Wires wires, List<Integer> poison, List<Integer> ghosts, Counts counts) {
        this.wires = wires;
        this.counts = counts;
        this.positions = new ArrayDeque<>(poison);
        this.ghosts = new ArrayDeque<>(ghosts);
        this.ghostsMuchLater = new ArrayDeque<>(ghosts);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** This message is to be sent again, twice. */
    void repeat(Sighting sighting) {
        duplicates.add(sighting);
    }

    /** Sends what is left, and returns when the broker has it. */
    void finish() throws InterruptedException {
        finished = true;
        thread.join();
    }

    List<Poison> poison() {
        return List.copyOf(sent);
    }

    /** The orders of which we alone have told. */
    Set<String> ghosts() {
        return told.stream().map(PhantomOrder::orderId).collect(Collectors.toSet());
    }

    /** The ids of all that we have sent and that is no copy; some messages have none. */
    Set<String> ids() {
        Set<String> all = new HashSet<>(ids);
        all.add("");
        return all;
    }

    int repeated() {
        return repeated;
    }

    static boolean isOurs(Sighting sighting) {
        return sighting.id().isEmpty() || sighting.id().startsWith(TOKEN);
    }

    private void run() {
        boolean last = false;
        while (!last) {
            last = finished;
            while (isDue(positions, 0, last)) {
                poison(positions.pop());
            }
            while (isDue(ghosts, 0, last)) {
                PhantomOrder ghost = new PhantomOrder(ghosts.pop());
                told.add(ghost);
                send(ghost, ghost.cancelled(GHOST));
            }
            while (isDue(ghostsMuchLater, MUCH_LATER, last)) {
                PhantomOrder ghost = new PhantomOrder(ghostsMuchLater.pop());
                send(ghost, ghost.created(GHOST));
            }
            for (Sighting next = duplicates.poll(); next != null; next = duplicates.poll()) {
                Sighting again = next;
                persistently(broker -> broker.repeat(again));
                persistently(broker -> broker.repeat(again));
                repeated++;
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
        close();
    }

    private boolean isDue(Deque<Integer> positions, int later, boolean last) {
        return !positions.isEmpty() && (last || counts.accepted.get() >= positions.peek() + later);
    }

    private void send(PhantomOrder ghost, PhantomOrder.Event event) {
        ids.add(event.id());
        persistently(broker -> broker.send(event.topic(), ghost.orderId(), event.headers(), event.body()));
    }

    private void poison(int position) {
        PoisonKind kind = PoisonKind.values()[sent.size() % PoisonKind.values().length];
        String token = POISON + position;
        ids.add(token);
        sent.add(new Poison(token, kind.topic(), kind.groups()));
        byte[] body = kind.body(token).getBytes(UTF_8);
        persistently(broker -> broker.send(kind.topic(), token, kind.headers(token), body));
    }

    /** The poison that these bytes are, if they are one: unchanged, that is. */
    @Nullable
    String tokenOf(byte[] body) {
        String text = new String(body, UTF_8);
        for (Poison each : poison()) {
            for (PoisonKind kind : PoisonKind.values()) {
                if (text.equals(kind.body(each.token()))) {
                    return each.token();
                }
            }
        }
        return null;
    }

    @FunctionalInterface
    private interface Deed {
        void with(Wire broker) throws IOException;
    }

    private void persistently(Deed deed) {
        while (true) {
            try {
                Wire current = wire == null ? wires.open() : wire;
                wire = current;
                deed.with(current);
                return;
            } catch (IOException | RuntimeException away) {
                close();
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }
    }

    private void close() {
        Wire current = wire;
        if (current != null) {
            current.close();
            wire = null;
        }
    }
}
