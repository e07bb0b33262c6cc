/** Suites that a broker adapter has to pass, and what they need. */
@NullMarked
package io.orderflow.messaging.testkit;

import org.jspecify.annotations.NullMarked;
