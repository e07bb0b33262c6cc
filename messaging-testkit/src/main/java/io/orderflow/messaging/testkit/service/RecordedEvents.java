package io.orderflow.messaging.testkit.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stands in for a service's publishing, and keeps what was published by transactions that committed. For any thread. */
public final class RecordedEvents {

    private final List<Record> committed = new CopyOnWriteArrayList<>();

    /** Records these if the current transaction commits; fails if there is none. */
    public void publish(List<Record> events) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.addAll(events);
            }
        });
    }

    /** All of them, in the order of the commits; clear it to begin anew. */
    public List<Record> all() {
        return committed;
    }

    /** Those of this type. */
    public <E> List<E> of(Class<E> type) {
        return committed.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
