/** The suite over every broker, and over brokers that are broken on purpose. */
@NullMarked
package io.orderflow.messaging.testkit.conformance;

import org.jspecify.annotations.NullMarked;
