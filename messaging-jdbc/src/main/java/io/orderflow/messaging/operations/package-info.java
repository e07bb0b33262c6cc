/**
 * The operator API: dead letters, parked outbox rows and consumer groups over HTTP, on the management port of any application.
 * It is off by default ({@code messaging.operations.enabled}) and does not authenticate; see {@link
 * io.orderflow.messaging.operations.OperatorApi#paths}.
 */
@NullMarked
package io.orderflow.messaging.operations;

import org.jspecify.annotations.NullMarked;
