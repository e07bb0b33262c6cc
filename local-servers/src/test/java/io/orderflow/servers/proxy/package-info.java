@NullMarked
package io.orderflow.servers.proxy;

import org.jspecify.annotations.NullMarked;
