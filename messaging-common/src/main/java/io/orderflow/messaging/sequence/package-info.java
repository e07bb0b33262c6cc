/** Events of a key carry numbers: what is missing is noticed, and what is outdated can be passed over. */
@NullMarked
package io.orderflow.messaging.sequence;

import org.jspecify.annotations.NullMarked;
