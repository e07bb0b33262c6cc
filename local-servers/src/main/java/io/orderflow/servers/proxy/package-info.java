/** What breaks a network on purpose: a proxy between a client and a server. */
@NullMarked
package io.orderflow.servers.proxy;

import org.jspecify.annotations.NullMarked;
