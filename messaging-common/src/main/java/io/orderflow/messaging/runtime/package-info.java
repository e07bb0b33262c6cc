/** The consumer loop, and the order in which policies are put around a handler. */
@NullMarked
package io.orderflow.messaging.runtime;

import org.jspecify.annotations.NullMarked;
