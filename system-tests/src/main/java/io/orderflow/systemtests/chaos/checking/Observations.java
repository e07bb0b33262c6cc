package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was observed of a run from outside.
 *
 * @param requests the clients' requests and the answers
 * @param orders the orders of order-service
 * @param stock the stock of inventory-service
 * @param shipments the shipments of shipping-service
 * @param mails all received mails, with duplicates
 * @param committed all events that the services have committed
 * @param seen all messages of the topics, with duplicates, in the order in which they were read
 * @param noted the events in the orders' timelines, with duplicates
 * @param deadLetters the messages of the dead-letter topics
 * @param collected the dead letters in the services' databases
 * @param harm what was injected
 * @param waiting outbox rows and gaps in sequences
 * @param missing groups of which the services report that published messages are missing
 * @param vitals two measurements of each process that ran long enough
 * @param overdue processes that did not shut down in time
 * @param down processes that are not UP after all faults have ended
 */
public record Observations(
        List<Request> requests,
        List<Order> orders,
        List<Stock> stock,
        List<Shipment> shipments,
        List<Mail> mails,
        List<Event> committed,
        List<Event> seen,
        List<Noted> noted,
        List<DeadLetter> deadLetters,
        List<Collected> collected,
        Harm harm,
        List<String> waiting,
        List<String> missing,
        List<Vitals> vitals,
        List<String> overdue,
        List<String> down) {

    /**
     * One request of a client, however often it was sent.
     *
     * @param customer the customer, who has no other request
     * @param valid whether it may be accepted
     * @param answered whether the outcome is known
     * @param ids the order ids of the answers: one, if it was accepted
     */
    public record Request(String customer, boolean valid, boolean answered, Set<String> ids) {

        boolean accepted() {
            return !ids.isEmpty();
        }
    }

    /**
     * What was injected.
     *
     * @param cancelled the orders whose cancellation was requested
     * @param phantoms orders that order-service does not have, whose events were sent in the wrong order
     * @param poison messages that cannot be handled
     * @param foreign the ids of all injected messages
     * @param redrives how often all dead letters were redriven
     * @param mailFaults the number of faults that may repeat a mail
     */
    public record Harm(
            Set<String> cancelled,
            Set<String> phantoms,
            List<Poison> poison,
            Set<String> foreign,
            int redrives,
            int mailFaults) {}

    /** An order with all states that it had. */
    public record Order(String id, String customer, String status, Map<String, Integer> items, Set<String> states) {

        boolean is(String wanted) {
            return status.equals(wanted);
        }
    }

    public record Stock(String sku, long start, long available, long reserved, long shipped) {}

    public record Shipment(String id, String orderId, String status) {}

    public record Mail(String orderId, String kind, String messageId) {}

    /**
     * A message on a topic, or the outbox row that was committed.
     *
     * @param place the id of the outbox row; 0 for a message
     */
    public record Event(String topic, String key, String id, String type, long place) {}

    /** An event in the timeline of an order. */
    public record Noted(String orderId, String eventId) {}

    /** @param groups the groups that have to dead-letter it */
    public record Poison(String token, String topic, Set<String> groups) {}

    /**
     * @param topic where it was read
     * @param token the token of the poison message with the same bytes, else its type and id
     */
    public record DeadLetter(String topic, String token) {}

    /**
     * A dead letter in a service's database.
     *
     * @param topic the group's dead-letter topic
     * @param redriven how often it was redriven
     * @param failures how often it was dead-lettered
     */
    public record Collected(String topic, String token, String state, int redriven, int failures) {}

    /** An early and a late measurement of a process. */
    public record Vitals(String process, Reading early, Reading late) {

        /** @param heapKilobytes after a garbage collection; 0 if that is not known */
        public record Reading(long threads, long descriptors, long heapKilobytes) {}
    }
}
