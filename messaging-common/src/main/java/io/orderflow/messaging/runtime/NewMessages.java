package io.orderflow.messaging.runtime;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.Inbox.Finding;
import io.orderflow.messaging.policy.IdReusedException;
import java.util.ArrayList;
import java.util.List;

/** Tells new messages of a subscription from those that its group has handled, and notes the new ones as handled. */
record NewMessages(Subscription subscription, Inbox inbox, MessageIds ids) {

    /**
     * Those that are to be handled in the caller's transaction, in the order given.
     *
     * @throws IdReusedException if one of them has the identity of another message; then nothing may be committed
     */
    List<Delivery<String, byte[]>> among(List<Delivery<String, byte[]>> deliveries) {
        List<Finding> findings = inbox.note(
                subscription.group(),
                subscription.topic(),
                deliveries.stream().map(this::entry).toList());
        List<Delivery<String, byte[]>> fresh = new ArrayList<>(deliveries.size());
        for (int i = 0; i < deliveries.size(); i++) {
            Finding finding = findings.get(i);
            if (finding == Finding.ID_REUSED) {
                throw new IdReusedException(ids.of(deliveries.get(i)), subscription);
            }
            if (finding == Finding.NEW) {
                fresh.add(deliveries.get(i));
            }
        }
        return fresh;
    }

    private Inbox.Entry entry(Delivery<String, byte[]> delivery) {
        return new Inbox.Entry(ids.of(delivery), ContentDigest.of(delivery.message()));
    }
}
