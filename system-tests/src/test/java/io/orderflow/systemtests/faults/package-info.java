@NullMarked
package io.orderflow.systemtests.faults;

import org.jspecify.annotations.NullMarked;
