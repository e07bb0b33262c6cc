/**
 * Request and reply over messages: {@link io.orderflow.messaging.request.Requests} sends and waits, {@link
 * io.orderflow.messaging.request.Replies} answers.
 */
@NullMarked
package io.orderflow.messaging.request;

import org.jspecify.annotations.NullMarked;
