package io.orderflow.console.overview;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that needs an operator.
 *
 * @param link the page that shows more
 */
record Alert(String service, String text, String link) {

    private static final int OUTBOX_SECONDS = 60;

    static List<Alert> of(ServiceStatus status) {
        List<Alert> alerts = new ArrayList<>();
        String name = status.name();
        if (status.unreachable() != null) {
            alerts.add(new Alert(name, status.unreachable(), "/"));
            return alerts;
        }
        ServiceSample sample = status.sample();
        if (sample == null) {
            return alerts;
        }
        sample.health().reasons().forEach(reason -> alerts.add(new Alert(name, reason, "/")));
        if (sample.deadLetters() > 0) {
            alerts.add(new Alert(
                    name,
                    sample.deadLetters() + " dead letter(s) await an operator.",
                    "/dead-letters?service=" + name + "&state=WAITING"));
        }
        if (sample.parked() > 0) {
            alerts.add(new Alert(
                    name, sample.parked() + " message(s) were rejected by the broker and are parked.", "/operations"));
        }
        if (sample.missing() > 0) {
            alerts.add(new Alert(
                    name,
                    sample.missing()
                            + " message(s) were published and are missing: ./orderflow conservation shows where.",
                    "/topology"));
        }
        if (sample.oldestAge() > OUTBOX_SECONDS) {
            alerts.add(new Alert(
                    name,
                    "The oldest message in the outbox has waited for " + Math.round(sample.oldestAge()) + " s.",
                    "/"));
        }
        return alerts;
    }
}
