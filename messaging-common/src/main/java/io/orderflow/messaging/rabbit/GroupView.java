package io.orderflow.messaging.rabbit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one member knows of the others, and what follows from it for the lines in which all of them stand: a partition's
 * owner should be in front. Nobody can step forward, but everybody else can step behind. Safe for many threads.
 */
final class GroupView {

    /** A member not heard of for so long is not counted. */
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(6);

    private final String self;
    private final int partitions;
    private final InstantSource clock;
    private final Map<String, Heard> others = new HashMap<>();
    private final Map<Integer, Long> places = new HashMap<>();
    private final Map<Integer, Map<String, Long>> inFront = new HashMap<>();
    private long lastPlace;

    private record Heard(Notice notice, Instant at) {}

    GroupView(String self, int partitions, InstantSource clock) {
        this.self = self;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** This member has queued up for a partition, behind all those that it had heard of before. */
    synchronized void queuedUp(int partition, Map<String, Long> behind) {
        places.put(partition, ++lastPlace);
        inFront.put(partition, behind);
    }

    /** The others' places in a partition's line, as far as heard of. */
    synchronized Map<String, Long> line(int partition) {
        Map<String, Long> line = new HashMap<>();
        others.forEach((member, heard) -> {
            Long place = heard.notice().places().get(partition);
            if (place != null) {
                line.put(member, place);
            }
        });
        return line;
    }

    /** Whether the sender was not known yet, and does not know this member either. */
    synchronized boolean hear(Notice notice) {
        if (notice.member().equals(self)) {
            return false;
        }
        if (notice.leaving()) {
            others.remove(notice.member());
            return false;
        }
        return others.put(notice.member(), new Heard(notice, clock.instant())) == null;
    }

    /** What to tell the others. */
    synchronized Notice notice() {
        return new Notice(self, false, places);
    }

    synchronized Notice farewell() {
        return new Notice(self, true, Map.of());
    }

    /** The partitions for which this member has to queue up again, because it may stand before the one that owns them. */
    synchronized Set<Integer> toStepBehind() {
        Instant now = clock.instant();
        others.values().removeIf(heard -> heard.at().plus(FORGOTTEN_AFTER).isBefore(now));
        if (others.isEmpty() || places.isEmpty()) {
            return Set.of();
        }
        List<String> members = new ArrayList<>(others.keySet());
        members.add(self);
        List<String> owners = FairShares.owners(members, partitions);
        Set<Integer> steps = new TreeSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            Heard owner = others.get(owners.get(partition));
            if (owner != null) {
                Long place = owner.notice().places().get(partition);
                Long known = inFront.getOrDefault(partition, Map.of())
                        .get(owner.notice().member());
                if (place != null && !place.equals(known)) {
                    steps.add(partition);
                }
            }
        }
        return steps;
    }
}
