/** Retries, dead-lettering, circuit breaker and metrics. One policy, one file, one test. */
@NullMarked
package io.orderflow.messaging.policy;

import org.jspecify.annotations.NullMarked;
