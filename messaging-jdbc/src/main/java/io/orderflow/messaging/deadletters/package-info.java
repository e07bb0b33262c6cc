/** Messages that a service's groups could not handle: stored in its database, for an operator to read, redrive or discard. */
@NullMarked
package io.orderflow.messaging.deadletters;

import org.jspecify.annotations.NullMarked;
