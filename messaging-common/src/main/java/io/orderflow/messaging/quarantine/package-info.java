/** Messages whose handling ends the process: found out, and set aside alone. */
@NullMarked
package io.orderflow.messaging.quarantine;

import org.jspecify.annotations.NullMarked;
