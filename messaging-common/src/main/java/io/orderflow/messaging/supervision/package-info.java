/** The one way to run something for ever, and the one place that logs outages. */
@NullMarked
package io.orderflow.messaging.supervision;

import org.jspecify.annotations.NullMarked;
