package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.Inbox.Finding;
import java.util.ArrayList;
import java.util.List;

/** Adds the messages of a subscription to the inbox, and distinguishes new ones from duplicates. */
record NewMessages(Subscription subscription, Inbox inbox) {

    /**
     * Returns for each message, in the order given, whether it is new and must be handled in the caller's transaction.
     *
     * @throws IdReusedException if one of them has the identity of another message; then the transaction must be rolled back
     */
    List<Boolean> areNew(List<Delivery<String, byte[]>> deliveries) {
        List<Finding> findings = inbox.note(
                subscription.group(),
                subscription.topic(),
                deliveries.stream().map(this::entry).toList());
        List<Boolean> areNew = new ArrayList<>(deliveries.size());
        for (int i = 0; i < deliveries.size(); i++) {
            if (findings.get(i) == Finding.ID_REUSED) {
                throw new IdReusedException(MessageId.of(deliveries.get(i)), subscription);
            }
            areNew.add(findings.get(i) == Finding.NEW);
        }
        return areNew;
    }

    private Inbox.Entry entry(Delivery<String, byte[]> delivery) {
        return new Inbox.Entry(MessageId.of(delivery), ContentDigest.of(delivery.message()));
    }
}
