/** What applications use: publish an event, handle an event. */
@NullMarked
package io.orderflow.messaging.events;

import org.jspecify.annotations.NullMarked;
