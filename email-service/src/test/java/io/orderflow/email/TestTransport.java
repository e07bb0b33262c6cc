package io.orderflow.email;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailTransport;
import io.orderflow.events.EmailAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the delivered e-mails; a test can run code during a delivery. */
public class TestTransport implements EmailTransport {

    private final List<Email> delivered = new CopyOnWriteArrayList<>();
    private volatile Runnable duringDelivery = () -> {};

    @Override
    public void deliver(Email email, EmailAddress to) {
        duringDelivery.run();
        delivered.add(email);
    }

    public List<Email> delivered() {
        return delivered;
    }

    /** Runs this during each delivery, before it is recorded. */
    public void duringDelivery(Runnable action) {
        duringDelivery = action;
    }

    public void reset() {
        delivered.clear();
        duringDelivery(() -> {});
    }
}
