/**
 * Fail points: places in the library and the services, known by name, where a test halts, freezes or disturbs the JVM at
 * the n-th pass. An agent puts them into the classes while these are loaded; the classes know nothing of it.
 */
@NullMarked
package io.orderflow.systemtests.faults;

import org.jspecify.annotations.NullMarked;
