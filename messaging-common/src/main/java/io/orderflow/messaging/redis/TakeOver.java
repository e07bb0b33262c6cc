package io.orderflow.messaging.redis;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what others of the group have pending and have no right to any more, and counts what is lost of it. */
final class TakeOver {

    private static final int MOST_AT_ONCE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(TakeOver.class);

    private final Membership membership;
    private final String most;

    TakeOver(int maxPollMessages, Membership membership) {
        this.membership = membership;
        this.most = Integer.toString(Math.min(maxPollMessages, MOST_AT_ONCE));
    }

    /**
     * @param owned whether the streams are partitions of this member, where nobody else has a right to anything; of work
     *     queues only the dead have none
     */
    Future<List<?>> ask(StatefulRedisConnection<String, byte[]> connection, List<String> streams, boolean owned) {
        if (streams.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<String> keys = new ArrayList<>(streams);
        keys.add(0, membership.lease());
        return Script.TAKE_OVER.run(
                connection,
                keys,
                List.of(membership.group(), membership.name(), Membership.LEASES, most, owned ? "1" : "0"));
    }

    Taken taken(List<?> answer, List<String> streams) {
        List<Entry> entries = new ArrayList<>();
        boolean more = false;
        for (Object each : answer) {
            if (!(each instanceof List<?> ofStream)) {
                throw membership.gone();
            }
            String stream = streams.get(((Long) ofStream.get(0)).intValue());
            List<?> taken = (List<?>) ofStream.get(3);
            report(stream, taken.size(), (Long) ofStream.get(1));
            taken.forEach(entry -> entries.add(Entry.of(stream, (List<?>) entry)));
            more |= (Long) ofStream.get(2) == 1;
        }
        return new Taken(entries, more);
    }

    private void report(String stream, int taken, long lost) {
        if (taken > 0) {
            LOG.info("Group {} had {} messages of {} left by another member.", membership.group(), taken, stream);
        }
        if (lost > 0) {
            LOG.warn(
                    "{} messages of {} were deleted before group {} had handled them, and are lost to it. Nobody but this"
                            + " library may trim the stream.",
                    lost,
                    stream,
                    membership.group());
        }
    }

    /** @param more whether there may be more to take */
    record Taken(List<Entry> entries, boolean more) {}
}
