package io.orderflow.systemtests.chaos.checking;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that was seen of a run from outside.
 *
 * @param requests what clients asked for and were answered
 * @param orders the orders that order-service has
 * @param stock the stock that inventory-service has
 * @param shipments the shipments that shipping-service has
 * @param mails every mail that arrived, as often as it arrived
 * @param committed every event that a service has committed, as its database noted it
 * @param seen every message that was read from the topics, as often and in the order in which it was read
 * @param noted every event that order-service noted in an order's timeline, as often as it did
 * @param deadLetters what was read from the topics of dead letters
 * @param collected the dead letters that the services keep in their databases
 * @param harm what was done to it
 * @param waiting what a service has not done yet, or misses
 * @param vitals what processes that lived all the while took of their machine, early and late
 * @param overdue processes that did not end in time when they were told to
 * @param down processes that are not well, though nothing is broken any more
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
        List<Vitals> vitals,
        List<String> overdue,
        List<String> down) {

    /**
     * One wish of a client, however often it was sent.
     *
     * @param customer who asked; each wish has a customer of its own
     * @param valid whether it may be accepted
     * @param answered whether there ever was a clear answer
     * @param ids the orders that answers named: one, if it was accepted
     */
    public record Request(String customer, boolean valid, boolean answered, Set<String> ids) {

        boolean accepted() {
            return !ids.isEmpty();
        }
    }

    /**
     * What was done on purpose.
     *
     * @param cancelled the orders whose cancellation clients asked for
     * @param ghosts orders that nobody placed, of which we told the services: first that they are cancelled, much later
     *     that they were created
     * @param poison what we sent that nobody can handle
     * @param foreign the ids of messages that we sent ourselves
     * @param redrives how often all dead letters were redriven
     * @param mailFaults how many faults may have come between the sending of a mail and the note of that
     */
    public record Harm(
            Set<String> cancelled,
            Set<String> ghosts,
            List<Poison> poison,
            Set<String> foreign,
            int redrives,
            int mailFaults) {}

    /** An order and all states that it went through. */
    public record Order(String id, String customer, String status, Map<String, Integer> items, Set<String> states) {

        boolean is(String wanted) {
            return status.equals(wanted);
        }
    }

    public record Stock(String sku, long start, long available, long reserved, long shipped) {}

    public record Shipment(String id, String orderId, String status) {}

    public record Mail(String orderId, String kind, String messageId) {}

    /**
     * A message on a topic, or the row of an outbox that it comes from.
     *
     * @param place grows with the rows of one outbox; 0 for a message
     */
    public record Event(String topic, String key, String id, String type, long place) {}

    /** An event that is noted in the timeline of an order. */
    public record Noted(String orderId, String eventId) {}

    /** @param groups those whose dead letters it has to be among */
    public record Poison(String token, String topic, Set<String> groups) {}

    /**
     * @param topic where it was read
     * @param token the poison that it is, with its bytes unchanged; else whatever names it
     */
    public record DeadLetter(String topic, String token) {}

    /**
     * A dead letter as a service keeps it.
     *
     * @param topic that of the group's dead letters
     * @param redriven how often it was redriven
     * @param failures how often it was given up
     */
    public record Collected(String topic, String token, String state, int redriven, int failures) {}

    /** A process at an early and at a late moment of its life. */
    public record Vitals(String process, Reading early, Reading late) {

        /** @param heapKilobytes after a garbage collection; 0 if that is not known */
        public record Reading(long threads, long descriptors, long heapKilobytes) {}
    }
}
