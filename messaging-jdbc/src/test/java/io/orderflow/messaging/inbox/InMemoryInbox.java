package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

/** An inbox with transactions, of one thread and one subscription. */
final class InMemoryInbox implements Inbox, PlatformTransactionManager {

    private final Map<MessageId, ContentDigest> committed = new HashMap<>();
    private final Map<MessageId, ContentDigest> uncommitted = new HashMap<>();
    private int concurrent;

    /** So many calls meet another transaction with the same message. */
    void handledConcurrently(int times) {
        concurrent = times;
    }

    /** The ids of the messages that were handled. */
    List<String> handled() {
        return committed.keySet().stream().map(MessageId::id).sorted().toList();
    }

    @Override
    public List<Finding> note(String group, String topic, List<Entry> messages) {
        if (concurrent-- > 0) {
            throw new HandledConcurrentlyException(group, topic, new IllegalStateException("lock time-out"));
        }
        List<Finding> findings = new ArrayList<>();
        for (Entry message : messages) {
            ContentDigest before = committed.getOrDefault(message.id(), uncommitted.get(message.id()));
            uncommitted.put(message.id(), message.content());
            findings.add(
                    before == null
                            ? Finding.NEW
                            : before.equals(message.content()) ? Finding.DUPLICATE : Finding.ID_REUSED);
        }
        return findings;
    }

    @Override
    public boolean isHandled(String group, String topic, Entry message) {
        return message.content().equals(committed.get(message.id()));
    }

    @Override
    public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
        return new SimpleTransactionStatus();
    }

    @Override
    public void commit(TransactionStatus status) {
        committed.putAll(uncommitted);
        uncommitted.clear();
    }

    @Override
    public void rollback(TransactionStatus status) {
        uncommitted.clear();
    }
}
