package io.orderflow.messaging.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.IntegerListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.orderflow.messaging.MessagingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a send waits for besides the answer of the server.
 *
 * @param disks 1 to wait until the server's own file is synced, else 0
 * @param replicas how many replicas must have it, on disk if {@code waitAof}
 * @param waitAof whether to ask with WAITAOF, which Redis has since 7.2, rather than with WAIT
 */
record Acceptance(int disks, int replicas, boolean waitAof) {

    /** Asks whether all sent before is safe; null if the answers to the sends say it already. */
    @Nullable
    RedisFuture<?> confirm(StatefulRedisConnection<String, byte[]> connection, Duration timeout) {
        if (waitAof) {
            CommandArgs<String, byte[]> arguments = new CommandArgs<>(connection.getCodec())
                    .add(disks)
                    .add(replicas)
                    .add(timeout.toMillis());
            return connection
                    .async()
                    .dispatch(Command.WAITAOF, new IntegerListOutput<>(connection.getCodec()), arguments);
        }
        return replicas == 0 ? null : connection.async().waitForReplication(replicas, timeout.toMillis());
    }

    /** @throws MessagingException if the answer to {@link #confirm} says that too few have it */
    void check(Object answer) {
        long synced = waitAof ? (Long) ((List<?>) answer).get(0) : disks;
        long copies = waitAof ? (Long) ((List<?>) answer).get(1) : (Long) answer;
        if (synced < disks || copies < replicas) {
            throw new MessagingException(
                    "Redis took the messages, but " + copies + " of " + replicas + " replicas"
                            + (synced < disks ? " and not its own disk" : "")
                            + " had them in time. They may arrive all the same; sending them again is safe.",
                    null);
        }
    }

    String description() {
        String own = disks == 1 ? "when it is on disk (WAITAOF)" : "when the server has answered";
        return replicas == 0
                ? own
                : own + " and " + replicas + " replicas have it (" + (waitAof ? "WAITAOF" : "WAIT") + ")";
    }

    private enum Command implements ProtocolKeyword {
        WAITAOF;

        @Override
        public byte[] getBytes() {
            return name().getBytes(StandardCharsets.US_ASCII);
        }
    }
}
