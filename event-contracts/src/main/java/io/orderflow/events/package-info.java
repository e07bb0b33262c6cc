/**
 * What travels between the services: past-tense records, their names on the wire, what an order's id is, and the topics.
 *
 * <p>A component that is not nullable has to be there: a message without it cannot be decoded. The services' own events have
 * all components; what a foreign producer may leave out, because nobody needs it to go on, is nullable.
 */
@NullMarked
package io.orderflow.events;

import org.jspecify.annotations.NullMarked;
