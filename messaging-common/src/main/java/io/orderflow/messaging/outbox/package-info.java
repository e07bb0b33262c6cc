/** Messages sent with the caller's database transaction, and the relay that carries them to the broker. */
@NullMarked
package io.orderflow.messaging.outbox;

import org.jspecify.annotations.NullMarked;
