/** The payloads that an application has published by reference, in its database. */
@NullMarked
package io.orderflow.messaging.payloads;

import org.jspecify.annotations.NullMarked;
