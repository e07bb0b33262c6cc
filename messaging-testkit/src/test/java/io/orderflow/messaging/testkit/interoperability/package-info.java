/** The library beside tools and frameworks that do not know it, on real brokers. */
@NullMarked
package io.orderflow.messaging.testkit.interoperability;

import org.jspecify.annotations.NullMarked;
