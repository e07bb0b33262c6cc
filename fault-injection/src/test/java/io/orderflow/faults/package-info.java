@NullMarked
package io.orderflow.faults;

import org.jspecify.annotations.NullMarked;
