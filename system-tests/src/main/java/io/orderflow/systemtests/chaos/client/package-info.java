/** The brokers' own clients, without the library that is tested. */
@NullMarked
package io.orderflow.systemtests.chaos.client;

import org.jspecify.annotations.NullMarked;
