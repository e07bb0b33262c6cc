/**
 * Fault injection: an agent puts fail points (where the JVM halts, freezes or throws at the n-th pass) and breakages (defects
 * that tests have to detect) into the classes of library and services while these are loaded.
 */
@NullMarked
package io.orderflow.systemtests.faults;

import org.jspecify.annotations.NullMarked;
