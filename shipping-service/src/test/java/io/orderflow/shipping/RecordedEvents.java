package io.orderflow.shipping;

import io.orderflow.shipping.domain.ShippingEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What was published by transactions that committed. */
public class RecordedEvents implements ShippingEvents {

    private final List<Record> committed = new CopyOnWriteArrayList<>();

    @Override
    public void publish(List<Record> events) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                committed.addAll(events);
            }
        });
    }

    public List<Record> all() {
        return committed;
    }

    public <E> List<E> of(Class<E> type) {
        return committed.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
