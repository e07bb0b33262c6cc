/** What a service's groups could not handle: kept in its database, for people to read, redrive or discard. */
@NullMarked
package io.orderflow.messaging.deadletters;

import org.jspecify.annotations.NullMarked;
