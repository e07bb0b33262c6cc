/** Handlers of messages and polls, and the middlewares around them. */
@NullMarked
package io.orderflow.messaging.handling;

import org.jspecify.annotations.NullMarked;
