package io.orderflow.email;

import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.Postman;
import io.orderflow.events.EmailAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A postman who keeps what he is given, and to whom things can be done on the way. */
public class TestPostman implements Postman {

    private final List<Letter> delivered = new CopyOnWriteArrayList<>();
    private volatile Runnable onTheWay = () -> {};

    @Override
    public void deliver(Letter letter, EmailAddress to) {
        onTheWay.run();
        delivered.add(letter);
    }

    public List<Letter> delivered() {
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
