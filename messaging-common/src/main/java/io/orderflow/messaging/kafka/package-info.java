/** The adapter for Apache Kafka, on spring-kafka's factories. */
@NullMarked
package io.orderflow.messaging.kafka;

import org.jspecify.annotations.NullMarked;
