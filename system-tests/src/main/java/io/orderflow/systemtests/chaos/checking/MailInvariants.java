package io.orderflow.systemtests.chaos.checking;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.orderflow.systemtests.chaos.checking.Observations.Mail;
import io.orderflow.systemtests.chaos.checking.Observations.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Each order has the mails of its states. A mail whose sending was interrupted may be sent again with the same message id, at
 * most once for each fault that could interrupt it.
 */
final class MailInvariants {

    private static final String CONFIRMATION = "confirmation";
    private static final String CANCELLATION = "cancellation";
    private static final String DELAY_NOTICE = "delay-notice";

    static final List<Invariant> ALL = List.of(
            new Invariant("one mail per order and kind, no kind missing", MailInvariants::kinds),
            new Invariant(
                    "a mail is repeated only with its message id, and only after a fault", MailInvariants::repeated));

    private MailInvariants() {}

    private static List<String> kinds(Observations seen) {
        Map<String, Map<String, List<String>>> mails = byOrderAndKind(seen);
        Set<String> unknown = new TreeSet<>(mails.keySet());
        List<String> broken = new ArrayList<>();
        for (Order order : seen.orders()) {
            unknown.remove(order.id());
            Set<String> kinds =
                    new TreeSet<>(mails.getOrDefault(order.id(), Map.of()).keySet());
            Set<String> expected = expected(order);
            if (order.states().contains("CONFIRMED")) { // how long it waited for its shipment is not known here
                kinds.remove(DELAY_NOTICE);
            }
            if (!kinds.equals(expected) && !(mayLackConfirmation(seen, order) && kinds.equals(Set.of(CANCELLATION)))) {
                broken.add(order.id() + " is " + order.status() + " and got " + kinds + " instead of " + expected);
            }
        }
        for (String phantom : seen.harm().phantoms()) {
            unknown.remove(phantom);
            Set<String> kinds = mails.getOrDefault(phantom, Map.of()).keySet();
            if (!kinds.equals(Set.of(CANCELLATION))) {
                broken.add(phantom + " was cancelled before it was created and got " + kinds);
            }
        }
        unknown.forEach(id -> broken.add("'" + id + "' is no order and got "
                + new TreeSet<>(mails.get(id).keySet())));
        return broken;
    }

    private static List<String> repeated(Observations seen) {
        int most = 1 + seen.harm().mailFaults();
        List<String> broken = new ArrayList<>();
        byOrderAndKind(seen)
                .forEach((id, kinds) -> kinds.forEach((kind, messageIds) -> {
                    int different = new HashSet<>(messageIds).size();
                    if (different > 1) {
                        broken.add(id + " got " + different + " different mails of kind " + kind);
                    } else if (messageIds.size() > most) {
                        broken.add(id + " got the same " + kind + " " + messageIds.size() + " times, after "
                                + seen.harm().mailFaults() + " faults that could repeat it");
                    }
                }));
        return broken;
    }

    private static Map<String, Map<String, List<String>>> byOrderAndKind(Observations seen) {
        return seen.mails().stream()
                .collect(groupingBy(Mail::orderId, groupingBy(Mail::kind, mapping(Mail::messageId, toList()))));
    }

    /** A delayed confirmation is not sent after the cancellation. */
    private static boolean mayLackConfirmation(Observations seen, Order order) {
        return order.is("CANCELLED") && seen.harm().mailFaults() > 0;
    }

    private static Set<String> expected(Order order) {
        Set<String> kinds = new TreeSet<>();
        if (order.states().contains("CONFIRMED")) {
            kinds.add(CONFIRMATION);
        }
        switch (order.status()) {
            case "SHIPPED" -> kinds.add("dispatch-note");
            case "REJECTED" -> kinds.add("rejection");
            case "CANCELLED" -> kinds.add(CANCELLATION);
            default -> {}
        }
        return kinds;
    }
}
