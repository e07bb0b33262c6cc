/** How what happened to shipments is published, and how bookings are queued. */
@NullMarked
package io.orderflow.shipping.publishing;

import org.jspecify.annotations.NullMarked;
