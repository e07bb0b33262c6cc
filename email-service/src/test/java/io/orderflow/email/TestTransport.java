package io.orderflow.email;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailTransport;
import io.orderflow.events.EmailAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A postman who keeps what he is given, and to whom things can be done on the way. */
public class TestTransport implements EmailTransport {

    private final List<Email> delivered = new CopyOnWriteArrayList<>();
    private volatile Runnable onTheWay = () -> {};

    @Override
    public void deliver(Email email, EmailAddress to) {
        onTheWay.run();
        delivered.add(email);
    }

    public List<Email> delivered() {
        return delivered;
    }

    /** Does something during each delivery, before it is made. */
    public void onTheWay(Runnable something) {
        onTheWay = something;
    }

    public void reset() {
        delivered.clear();
        onTheWay(() -> {});
    }
}
