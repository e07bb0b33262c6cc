@NullMarked
package io.orderflow.messaging.testkit.faults;

import org.jspecify.annotations.NullMarked;
