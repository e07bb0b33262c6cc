package io.orderflow.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.chaos.checking.Observations.Poison;
import io.orderflow.chaos.wire.Sighting;
import io.orderflow.chaos.wire.Wire;
import io.orderflow.chaos.wire.Wires;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends with the broker's own client what nobody asked for: poison, and messages that were there already. */
final class Vandal {

    private static final String TOKEN = "chaos-poison-";
    private static final long BREATH_NANOS = 50_000_000;

    private final Wires wires;
    private final Counts counts;
    private final Deque<Integer> positions;
    private final Queue<Sighting> duplicates = new ConcurrentLinkedQueue<>();
    private final List<Poison> sent = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread = new Thread(this::run, "vandal");
    private volatile boolean finished;
    private volatile int repeated;
    private @Nullable Wire wire;

    Vandal(Wires wires, List<Integer> poison, Counts counts) {
        this.wires = wires;
        this.counts = counts;
        this.positions = new ArrayDeque<>(poison);
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
            while (!positions.isEmpty() && (last || counts.accepted.get() >= positions.peek())) {
                poison(positions.pop());
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

    private void poison(int position) {
        PoisonKind kind = PoisonKind.values()[sent.size() % PoisonKind.values().length];
        String token = TOKEN + position;
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
