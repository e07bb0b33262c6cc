/** Subscriptions that operators have paused. */
@NullMarked
package io.orderflow.messaging.pauses;

import org.jspecify.annotations.NullMarked;
