/** The SPI: messages, and the interfaces that an adapter implements. */
@NullMarked
package io.orderflow.messaging;

import org.jspecify.annotations.NullMarked;
