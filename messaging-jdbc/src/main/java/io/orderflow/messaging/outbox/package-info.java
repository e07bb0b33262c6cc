/** Messages sent with the caller's database transaction, and the relay that publishes them. */
@NullMarked
package io.orderflow.messaging.outbox;

import org.jspecify.annotations.NullMarked;
