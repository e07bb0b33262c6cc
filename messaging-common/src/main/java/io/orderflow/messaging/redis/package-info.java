/** The adapter for Redis Streams, on spring-data-redis and Lettuce. */
@NullMarked
package io.orderflow.messaging.redis;

import org.jspecify.annotations.NullMarked;
