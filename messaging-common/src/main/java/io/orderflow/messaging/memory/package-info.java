/** The in-memory broker: the same promises, without durability. */
@NullMarked
package io.orderflow.messaging.memory;

import org.jspecify.annotations.NullMarked;
