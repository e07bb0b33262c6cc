/** The middlewares between the loop and the handlers of a subscription: {@link io.orderflow.messaging.pipeline.Pipeline}. */
@NullMarked
package io.orderflow.messaging.pipeline;

import org.jspecify.annotations.NullMarked;
