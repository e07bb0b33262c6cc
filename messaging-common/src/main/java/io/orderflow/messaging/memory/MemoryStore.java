package io.orderflow.messaging.memory;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All topics and all members, behind this object's monitor. A poll without a message waits for its notification. */
final class MemoryStore implements ConsumerGroups {

    private static final Duration EXPIRY_CHECK = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(MemoryStore.class);

    private final Map<String, TopicLog> topics = new HashMap<>();
    private final Set<MemoryConsumer> members = new LinkedHashSet<>();
    private final Map<String, EventBus<Delivery<String, byte[]>>> broadcasts = new ConcurrentHashMap<>();
    private final InstantSource clock;

    MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void declare(Topic topic, String... groups) {
        TopicLog log = declared(topic);
        for (String group : groups) {
            log.declareGroup(group, StartPosition.EARLIEST);
        }
    }

    @Override
    public synchronized List<GroupBacklog> of(Topic topic, Collection<String> names) {
        return declared(topic).groups().entrySet().stream()
                .map(each ->
                        new GroupBacklog(each.getKey(), each.getValue().backlog(), hasMembers(topic, each.getKey())))
                .toList();
    }

    @Override
    public synchronized void remove(Topic topic, String group) {
        if (hasMembers(topic, group)) {
            throw new MessagingException(
                    "Group '" + group + "' of topic '" + topic.name() + "' has members and was not removed.", null);
        }
        declared(topic).groups().remove(group);
    }

    private boolean hasMembers(Topic topic, String group) {
        return members.stream().anyMatch(each -> each.reads(topic.name(), group));
    }

    /** A failure of a receiver of broadcasts is logged: it is none of the sender, and the others have received the message. */
    void append(Topic topic, List<Message<String, byte[]>> messages) {
        if (!topic.isBroadcast()) {
            store(topic, messages);
            return;
        }
        for (Message<String, byte[]> message : messages) {
            try {
                broadcast(topic, message);
            } catch (RuntimeException e) {
                log.warn(
                        "A receiver of broadcast topic '{}' failed, and does not get the message again: {}",
                        topic.name(),
                        e.toString());
            }
        }
    }

    /**
     * Calls all receivers, without this object's monitor.
     *
     * @throws RuntimeException as {@link EventBus#publish}
     */
    void broadcast(Topic topic, Message<String, byte[]> message) {
        broadcasts(topic).publish(new Delivery<>(topic.name(), message, topic.name()));
    }

    private synchronized void store(Topic topic, List<Message<String, byte[]>> messages) {
        messages.forEach(declared(topic)::append);
        notifyAll();
    }

    private EventBus<Delivery<String, byte[]>> broadcasts(Topic topic) {
        return broadcasts.computeIfAbsent(topic.name(), name -> new EventBus<>());
    }

    void receive(Topic topic, Consumer<Delivery<String, byte[]>> receiver) {
        broadcasts(topic).subscribe(receiver);
    }

    void stopReceiving(Consumer<Delivery<String, byte[]>> receiver) {
        broadcasts.values().forEach(each -> each.unsubscribe(receiver));
    }

    synchronized void join(MemoryConsumer member, List<Topic> subscribed) {
        subscribed.forEach(topic -> declared(topic).declareGroup(member.group, member.options.startOn(topic)));
        member.topics.addAll(subscribed);
        members.add(member);
    }

    synchronized List<StoredMessage> poll(MemoryConsumer member, Duration timeout) {
        requireMember(member);
        member.expiresAt = Instant.MAX;
        try {
            long deadline = System.nanoTime() + timeout.toNanos();
            List<StoredMessage> next = take(member);
            for (long left = timeout.toNanos(); next.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, EXPIRY_CHECK.toNanos()));
                next = take(member);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while waiting for messages for '" + member.group + "'.", e);
        } finally {
            renew(member);
        }
    }

    synchronized void keepAlive(MemoryConsumer member) {
        requireMember(member);
        renew(member);
    }

    synchronized void commit(MemoryConsumer member) {
        requireMember(member);
        member.uncommitted.forEach(stored -> log(member, stored.topic()).release(stored));
        member.uncommitted.clear();
        renew(member);
        notifyAll();
    }

    synchronized void leave(MemoryConsumer member) {
        if (members.remove(member)) {
            giveBack(member);
        }
    }

    synchronized List<StoredMessage> history(Topic topic, HistoryStart start) {
        return declared(topic).since(start);
    }

    private List<StoredMessage> take(MemoryConsumer member) {
        removeExpired(member.group);
        List<StoredMessage> taken = new ArrayList<>();
        Collections.rotate(member.topics, 1); // so that a busy topic does not starve the others
        for (Topic topic : member.topics) {
            long sharing = members.stream()
                    .filter(each -> each.reads(topic.name(), member.group))
                    .count();
            int wanted = member.options.maxPollMessages() - taken.size();
            taken.addAll(log(member, topic.name()).take(member, (int) sharing, wanted));
        }
        member.uncommitted.addAll(taken);
        return taken;
    }

    private void giveBack(MemoryConsumer member) {
        member.uncommitted.forEach(stored -> {
            log(member, stored.topic()).release(stored);
            log(member, stored.topic()).put(stored);
        });
        member.uncommitted.clear();
        notifyAll();
    }

    private void removeExpired(String group) {
        Instant now = clock.instant();
        members.removeIf(each -> {
            boolean expired = each.group.equals(group) && each.expiresAt.isBefore(now);
            if (expired) {
                giveBack(each);
            }
            return expired;
        });
    }

    private void renew(MemoryConsumer member) {
        member.expiresAt = clock.instant().plus(member.options.pollHandling());
    }

    private void requireMember(MemoryConsumer member) {
        if (!members.contains(member)) {
            throw new MessagingException(
                    "This member of '" + member.group + "' neither polled nor committed for more than "
                            + member.options.pollHandling()
                            + " and was removed from its group; its uncommitted messages are delivered again. Close it and"
                            + " open another one.",
                    null);
        }
    }

    private GroupLog log(MemoryConsumer member, String topic) {
        return topics.get(topic).groups().get(member.group);
    }

    private TopicLog declared(Topic topic) {
        TopicLog log = topics.computeIfAbsent(topic.name(), name -> new TopicLog(topic));
        log.requireSame(topic);
        return log;
    }
}
