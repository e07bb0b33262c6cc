/** Typed views of producers and consumers. */
@NullMarked
package io.orderflow.messaging.codec;

import org.jspecify.annotations.NullMarked;
