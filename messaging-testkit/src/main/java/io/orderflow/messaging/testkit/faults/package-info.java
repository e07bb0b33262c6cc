/** What breaks a network on purpose: a proxy between a client and a server. */
@NullMarked
package io.orderflow.messaging.testkit.faults;

import org.jspecify.annotations.NullMarked;
