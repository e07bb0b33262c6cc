package io.orderflow.systemtests.chaos;

import io.orderflow.systemtests.chaos.checking.Observations;
import io.orderflow.systemtests.chaos.checking.Observations.Collected;
import io.orderflow.systemtests.chaos.checking.Observations.DeadLetter;
import io.orderflow.systemtests.chaos.checking.Observations.Event;
import io.orderflow.systemtests.chaos.checking.Observations.Harm;
import io.orderflow.systemtests.chaos.checking.Observations.Vitals;
import io.orderflow.systemtests.chaos.wire.Observer;
import io.orderflow.systemtests.chaos.wire.Sighting;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts together what was seen from all sides. */
record Evidence(
        Ledger ledger,
        Databases databases,
        Mails mails,
        Observer observer,
        RogueProducer vandal,
        Stage stage,
        int mailFaults) {

    /** @param redrives how often everything was redriven */
    Observations gather(int redrives, List<Vitals> vitals) throws SQLException, IOException, InterruptedException {
        List<Event> seen = new ArrayList<>();
        List<DeadLetter> deadLetters = new ArrayList<>();
        for (Sighting sighting : observer.sightings()) {
            if (sighting.topic().endsWith(Routes.DEAD_LETTERS)) {
                String token = token(sighting.body(), sighting.type() + " " + sighting.id());
                deadLetters.add(new DeadLetter(sighting.topic(), token));
            } else {
                seen.add(new Event(sighting.topic(), sighting.key(), sighting.id(), sighting.type(), 0));
            }
        }
        return new Observations(
                ledger.requests(),
                databases.orders(),
                databases.stock(),
                databases.shipments(),
                mails.all(),
                databases.committed(),
                seen,
                databases.noted(),
                deadLetters,
                collected(),
                new Harm(ledger.cancelled(), vandal.ghosts(), vandal.poison(), vandal.ids(), redrives, mailFaults),
                databases.waiting(),
                vitals,
                stage.overdue(),
                stage.down());
    }

    private List<Collected> collected() throws SQLException {
        return databases.deadLetters().stream()
                .map(kept -> new Collected(
                        kept.topic() + "." + kept.group() + Routes.DEAD_LETTERS,
                        token(kept.value(), kept.name()),
                        kept.state(),
                        kept.redriven(),
                        kept.failures()))
                .toList();
    }

    private String token(byte[] body, String otherwise) {
        return Objects.requireNonNullElse(vandal.tokenOf(body), otherwise);
    }
}
