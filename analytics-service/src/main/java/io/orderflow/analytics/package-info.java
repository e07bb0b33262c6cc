/** Statistics about orders, kept up to date event by event, and orders that deserve attention. */
@NullMarked
package io.orderflow.analytics;

import org.jspecify.annotations.NullMarked;
