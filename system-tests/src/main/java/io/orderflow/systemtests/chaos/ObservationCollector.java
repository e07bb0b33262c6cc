package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Observations.Collected;
import io.orderflow.systemtests.chaos.checking.Observations.DeadLetter;
import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Harm;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.client.ObservedMessage;
import io.orderflow.systemtests.chaos.client.Observer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the observations of all sources. */
record ObservationCollector(
        RequestLog requests,
        Databases databases,
        Mails mails,
        Observer observer,
        RogueProducer rogue,
        SystemUnderTest system,
        int mailFaults) {

    /** @param redrives how often all dead letters were redriven */
    Observations collect(int redrives, List<Vitals> vitals) {
        List<Event> seen = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        for (ObservedMessage message : observer.messages()) {
            if (message.topic().endsWith(Routes.DEAD_LETTERS)) {
                String token = token(message.body(), message.type() + " " + message.id());
                deadLetters.add(new DeadLetter(message.topic(), token));
            } else {
                seen.add(new Event(message.topic(), message.key(), message.id(), message.type(), 0));
            }
        }
        return new Observations(
                requests.requests(),
                databases.orders(),
                databases.stock(),
                databases.shipments(),
                mails.all(),
                databases.committed(),
                seen,
                databases.noted(),
                deadLetters,
                stored(),
                new Harm(requests.cancelled(), rogue.phantoms(), rogue.poison(), rogue.ids(), redrives, mailFaults),
                databases.waiting(),
                system.missing(),
                vitals,
                system.overdue(),
                system.down());
    }

    private List<Collected> stored() {
        return databases.deadLetters().stream()
                .map(letter -> new Collected(
                        letter.topic() + "." + letter.consumerGroup() + Routes.DEAD_LETTERS,
                        token(letter.value(), letter.messageType() + " " + letter.messageId()),
                        letter.state(),
                        letter.redriven(),
                        letter.failures()))
                .toList();
    }

    private String token(byte[] body, String otherwise) {
        return Objects.requireNonNullElse(rogue.tokenOf(body), otherwise);
    }
}
