/** The event types that this service publishes. */
@NullMarked
package io.orderflow.inventory.publishing;

import org.jspecify.annotations.NullMarked;
