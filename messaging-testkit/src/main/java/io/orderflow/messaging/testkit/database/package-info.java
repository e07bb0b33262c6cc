/** What every outbox and every inbox has to keep, whatever database it is in. */
@NullMarked
package io.orderflow.messaging.testkit.database;

import org.jspecify.annotations.NullMarked;
