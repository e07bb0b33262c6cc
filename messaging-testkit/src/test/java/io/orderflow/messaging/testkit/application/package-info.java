/** The library in an application with a database. */
@NullMarked
package io.orderflow.messaging.testkit.application;

import org.jspecify.annotations.NullMarked;
