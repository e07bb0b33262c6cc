/** Opt-in: reports events that are missing, by the numbers that the events of a key carry. Needs a database. */
@NullMarked
package io.orderflow.messaging.sequence;

import org.jspecify.annotations.NullMarked;
