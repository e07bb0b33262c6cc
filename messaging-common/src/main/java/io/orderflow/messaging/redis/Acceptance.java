package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.IntegerListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What a send waits for after the server has replied.
 *
 * @param disks 1 to wait until the server's own file is synced, else 0
 * @param replicas how many replicas must have the messages, on disk if {@code waitAof}
 * @param waitAof whether to ask with WAITAOF, which Redis has since 7.2, instead of WAIT
 */
record Acceptance(int disks, int replicas, boolean waitAof) {

    /** Asks how many disks of its own (0 or 1) and how many replicas have what was sent before. */
    CompletableFuture<List<Long>> confirm(StatefulRedisConnection<String, byte[]> connection, Duration timeout) {
        if (waitAof) {
            var arguments = new CommandArgs<>(connection.getCodec())
                    .add(disks)
                    .add(replicas)
                    .add(timeout.toMillis());
            return connection
                    .async()
                    .dispatch(
                            () -> "WAITAOF".getBytes(US_ASCII),
                            new IntegerListOutput<>(connection.getCodec()),
                            arguments)
                    .toCompletableFuture();
        }
        return replicas == 0
                ? CompletableFuture.completedFuture(List.of(0L, 0L))
                : connection
                        .async()
                        .waitForReplication(replicas, timeout.toMillis())
                        .thenApply(copies -> List.of(0L, copies))
                        .toCompletableFuture();
    }

    /** @throws MessagingException if fewer have it than is required */
    void check(List<Long> confirmed) {
        boolean synced = confirmed.get(0) >= disks;
        if (!synced || confirmed.get(1) < replicas) {
            throw new MessagingException(
                    "Redis accepted the messages, but " + confirmed.get(1) + " of " + replicas + " replicas"
                            + (synced ? "" : " and not its own disk")
                            + " had them in time. They may be delivered; sending them again is safe.",
                    null);
        }
    }

    String description() {
        String own = disks == 1 ? "it is on disk (WAITAOF)" : "the server has replied";
        return replicas == 0
                ? own
                : own + " and " + replicas + " replicas have it (" + (waitAof ? "WAITAOF" : "WAIT") + ")";
    }
}
