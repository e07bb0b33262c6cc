/** Policies around a handler: observing, retrying, giving up. One policy, one file. */
@NullMarked
package io.orderflow.messaging.policy;

import org.jspecify.annotations.NullMarked;
