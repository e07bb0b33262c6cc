package io.orderflow.messaging.memory;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.PartitionOwners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a group has yet to get of a topic. */
final class GroupLog {

    private final List<Partition> partitions;

    GroupLog(Topic topic, Collection<StoredMessage> earlier) {
        partitions = IntStream.range(0, topic.partitions())
                .mapToObj(number -> new Partition(topic.competing()))
                .toList();
        earlier.forEach(this::put);
    }

    void put(StoredMessage message) {
        partition(message).put(message);
    }

    /**
     * The oldest messages that the member may have. It may open as many partitions as are its share, so that there are
     * some for the others.
     *
     * @param members how many the group has on this topic
     */
    List<StoredMessage> take(Member member, int members, int most) {
        List<StoredMessage> taken = new ArrayList<>();
        Partition oldest = oldest(member, members);
        while (oldest != null && taken.size() < most) {
            taken.add(oldest.take(member));
            oldest = oldest(member, members);
        }
        return taken;
    }

    private @Nullable Partition oldest(Member member, int members) {
        long share = PartitionOwners.largestShare(partitions.size(), members);
        boolean mayOpen = partitions.stream().filter(it -> it.belongsTo(member)).count() < share;
        return partitions.stream()
                .filter(it -> !it.isEmpty() && (it.belongsTo(member) || (it.isFree() && mayOpen)))
                .min(Comparator.comparingLong(Partition::firstOffset))
                .orElse(null);
    }

    long size() {
        return partitions.stream().mapToLong(Partition::size).sum();
    }

    void giveBack(StoredMessage message) {
        put(message);
        release(message);
    }

    void release(StoredMessage message) {
        partition(message).release();
    }

    private Partition partition(StoredMessage message) {
        return partitions.get(message.partition());
    }
}
