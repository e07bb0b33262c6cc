/** A Spring Boot service under test: the whole of it, or its use cases on a real database. */
@NullMarked
package io.orderflow.messaging.testkit.service;

import org.jspecify.annotations.NullMarked;
