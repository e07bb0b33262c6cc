/** The event types and tasks that this service publishes. */
@NullMarked
package io.orderflow.shipping.publishing;

import org.jspecify.annotations.NullMarked;
