package io.orderflow.messaging.testkit.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/** A {@link RunningService} with the profile {@code secured}, which accepts {@link TestTokens}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ActiveProfiles("secured")
@ContextConfiguration(initializers = TestTokens.class)
@Import(EndpointAccess.class)
public @interface SecuredTest {}
