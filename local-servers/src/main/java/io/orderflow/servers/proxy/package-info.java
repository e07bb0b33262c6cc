/** A proxy between a client and a server that injects network faults. */
@NullMarked
package io.orderflow.servers.proxy;

import org.jspecify.annotations.NullMarked;
