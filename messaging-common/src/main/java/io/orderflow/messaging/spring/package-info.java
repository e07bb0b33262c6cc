/** Auto-configuration and properties. */
@NullMarked
package io.orderflow.messaging.spring;

import org.jspecify.annotations.NullMarked;
