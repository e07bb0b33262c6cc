/** Messages handled once: its identity is noted in the handler's own transaction. */
@NullMarked
package io.orderflow.messaging.inbox;

import org.jspecify.annotations.NullMarked;
