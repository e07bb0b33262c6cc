/** Replays of subscriptions as jobs in the database: started and cancelled by an operator, and continued after a crash. */
@NullMarked
package io.orderflow.messaging.replay;

import org.jspecify.annotations.NullMarked;
