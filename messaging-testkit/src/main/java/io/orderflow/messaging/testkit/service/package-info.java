/** Tests of a Spring Boot service: of the whole service, or of its use cases on a real database. */
@NullMarked
package io.orderflow.messaging.testkit.service;

import org.jspecify.annotations.NullMarked;
