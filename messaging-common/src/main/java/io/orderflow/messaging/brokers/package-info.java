/** Several brokers at once: which one carries a topic, and how a group changes from one to another. */
@NullMarked
package io.orderflow.messaging.brokers;

import org.jspecify.annotations.NullMarked;
