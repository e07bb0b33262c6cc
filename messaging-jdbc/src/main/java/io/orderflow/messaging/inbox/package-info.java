/** Idempotent handling: a message's identity is recorded in the handler's own transaction. */
@NullMarked
package io.orderflow.messaging.inbox;

import org.jspecify.annotations.NullMarked;
