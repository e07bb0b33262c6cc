package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** All topics and all members behind one lock; whoever waits for a message waits for {@code changed}. */
final class MemoryStore implements ConsumerGroups {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, TopicLog> topics = new HashMap<>();
    private final Set<Member> members = new LinkedHashSet<>();
    private final InstantSource clock;

    MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    void declare(Topic topic, List<String> groups) {
        lock.lock();
        try {
            TopicLog log = declared(topic);
            groups.forEach(group -> log.declareGroup(group, StartPosition.EARLIEST));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<GroupBacklog> of(Topic topic, Collection<String> names) {
        lock.lock();
        try {
            return declared(topic).groups().entrySet().stream()
                    .map(each -> new GroupBacklog(
                            each.getKey(),
                            backlog(topic, each.getKey(), each.getValue()),
                            hasMembers(topic, each.getKey())))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void remove(Topic topic, String group) {
        lock.lock();
        try {
            if (hasMembers(topic, group)) {
                throw new MessagingException(
                        "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
            }
            declared(topic).groups().remove(group);
        } finally {
            lock.unlock();
        }
    }

    private long backlog(Topic topic, String group, GroupLog log) {
        long polled = members.stream()
                .filter(each -> each.group.equals(group))
                .flatMap(each -> each.held.stream())
                .filter(stored -> stored.topic().equals(topic.name()))
                .count();
        return log.size() + polled;
    }

    private boolean hasMembers(Topic topic, String group) {
        return members.stream().anyMatch(each -> each.reads(topic.name(), group));
    }

    void append(Topic topic, List<Message<String, byte[]>> messages) {
        lock.lock();
        try {
            declared(topic).append(messages);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void join(Member member) {
        lock.lock();
        try {
            for (Topic topic : member.topics) {
                declared(topic).declareGroup(member.group, member.options.startOn(topic));
            }
            members.add(member);
        } finally {
            lock.unlock();
        }
    }

    List<StoredMessage> poll(Member member, Duration timeout) {
        lock.lock();
        try {
            requireMember(member);
            member.silentUntil = Instant.MAX;
            return await(member, System.nanoTime() + timeout.toNanos());
        } finally {
            heardOf(member);
            lock.unlock();
        }
    }

    void keepAlive(Member member) {
        lock.lock();
        try {
            requireMember(member);
            heardOf(member);
        } finally {
            lock.unlock();
        }
    }

    void commit(Member member) {
        lock.lock();
        try {
            requireMember(member);
            member.held.forEach(stored -> log(member, stored.topic()).release(stored));
            member.held.clear();
            heardOf(member);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void leave(Member member) {
        lock.lock();
        try {
            if (members.remove(member)) {
                giveBack(member);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<StoredMessage> await(Member member, long deadline) {
        try {
            while (true) {
                removeSilentMembers(member.group);
                List<StoredMessage> next = take(member);
                long left = deadline - System.nanoTime();
                if (!next.isEmpty() || left <= 0) {
                    return next;
                }
                changed.await(Math.min(left, untilOneIsTooSilent(member.group)), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while waiting for messages for '" + member.group + "'.", e);
        }
    }

    private List<StoredMessage> take(Member member) {
        List<StoredMessage> taken = new ArrayList<>();
        for (Topic topic : member.topicsInTurn()) {
            long sharing = members.stream()
                    .filter(each -> each.reads(topic.name(), member.group))
                    .count();
            int wanted = member.options.maxPollMessages() - taken.size();
            taken.addAll(log(member, topic.name()).take(member, (int) sharing, wanted));
        }
        member.held.addAll(taken);
        return taken;
    }

    private void giveBack(Member member) {
        member.held.forEach(stored -> log(member, stored.topic()).giveBack(stored));
        member.held.clear();
        changed.signalAll();
    }

    private void removeSilentMembers(String group) {
        Instant now = clock.instant();
        members.removeIf(each -> {
            boolean lost = each.group.equals(group) && each.silentUntil.isBefore(now);
            if (lost) {
                giveBack(each);
            }
            return lost;
        });
    }

    private long untilOneIsTooSilent(String group) {
        Instant now = clock.instant();
        return members.stream()
                .filter(each -> each.group.equals(group) && !each.silentUntil.equals(Instant.MAX))
                .mapToLong(each ->
                        Duration.between(now, each.silentUntil).plusMillis(1).toNanos())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void heardOf(Member member) {
        member.silentUntil = clock.instant().plus(member.options.pollHandling());
    }

    private void requireMember(Member member) {
        if (!members.contains(member)) {
            throw new MessagingException(
                    "This member of '" + member.group + "' was silent for more than "
                            + member.options.pollHandling() + " and has lost its place; what it held went back to the"
                            + " group. Close it and open another one.",
                    null);
        }
    }

    private GroupLog log(Member member, String topic) {
        return topics.get(topic).group(member.group);
    }

    private TopicLog declared(Topic topic) {
        TopicLog log = topics.computeIfAbsent(topic.name(), name -> new TopicLog(topic));
        log.requireSame(topic);
        return log;
    }
}
