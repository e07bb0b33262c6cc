/** The events that are counted and recorded. */
@NullMarked
package io.orderflow.analytics.handling;

import org.jspecify.annotations.NullMarked;
