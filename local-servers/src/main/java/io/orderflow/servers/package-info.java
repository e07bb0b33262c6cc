/** Real servers for tests and for the local stack: found in the environment, in Docker, or started as a process. */
@NullMarked
package io.orderflow.servers;

import org.jspecify.annotations.NullMarked;
