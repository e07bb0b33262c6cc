/** Large payloads, which stay with their sender while a reference travels: the claim check pattern. */
@NullMarked
package io.orderflow.messaging.claimcheck;

import org.jspecify.annotations.NullMarked;
