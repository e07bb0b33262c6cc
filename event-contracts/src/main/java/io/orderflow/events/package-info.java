/**
 * The contracts between the services: the event records, their type names, order ids and topics.
 *
 * <p>A component that is not nullable is required: a message without it cannot be decoded. The services always set all
 * components; nullable are those that another producer may omit.
 */
@NullMarked
package io.orderflow.events;

import org.jspecify.annotations.NullMarked;
