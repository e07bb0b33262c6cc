/** The adapter for RabbitMQ, on spring-rabbit. */
@NullMarked
package io.orderflow.messaging.rabbit;

import org.jspecify.annotations.NullMarked;
