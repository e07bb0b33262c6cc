package io.orderflow.messaging.testkit.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Replaces a service's publishing: records the events of committed transactions. Thread-safe. */
public final class RecordedEvents {

    private final List<Record> committed = new CopyOnWriteArrayList<>();

    /** Records the events if the current transaction commits; fails without a transaction. */
    public void publish(List<Record> events) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.addAll(events);
            }
        });
    }

    /** All recorded events in commit order; tests clear the list. */
    public List<Record> all() {
        return committed;
    }

    /** The recorded events of this type. */
    public <E> List<E> of(Class<E> type) {
        return committed.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
