package io.orderflow.messaging.rabbit;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which member of a group should read which partition. All members that know of the same others come to the same answer,
 * in which nobody has more than one partition more than another; and when one comes or goes, most partitions stay where
 * they are (rendezvous hashing, with a limit for each member).
 */
final class FairShares {

    private FairShares() {}

    /** The owners by partition; there must be a member. */
    static List<String> owners(Collection<String> members, int partitions) {
        List<String> all = List.copyOf(new TreeSet<>(members));
        int share = partitions / all.size();
        int largerShares = partitions % all.size();
        Map<String, Integer> loads = new HashMap<>();
        return IntStream.range(0, partitions)
                .mapToObj(partition -> {
                    long larger =
                            loads.values().stream().filter(load -> load > share).count();
                    int limit = larger < largerShares ? share + 1 : share;
                    String owner = all.stream()
                            .filter(member -> loads.getOrDefault(member, 0) < limit)
                            .max(Comparator.comparingInt(member -> liking(member, partition)))
                            .orElseThrow();
                    loads.merge(owner, 1, Integer::sum);
                    return owner;
                })
                .toList();
    }

    /** Any number that is always the same for both, and says nothing about the next partition's (murmur3's finalizer). */
    private static int liking(String member, int partition) {
        int hash = 31 * member.hashCode() + partition;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }
}
