/** A broker inside one JVM, for tests and for trying things: same promises, no durability. */
@NullMarked
package io.orderflow.messaging.memory;

import org.jspecify.annotations.NullMarked;
