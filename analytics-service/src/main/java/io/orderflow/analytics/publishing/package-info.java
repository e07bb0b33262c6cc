/** Publishes orders of a high value. */
@NullMarked
package io.orderflow.analytics.publishing;

import org.jspecify.annotations.NullMarked;
