package io.orderflow.email.usecases;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Not on the application class, so that slice tests run no scheduled methods. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Scheduling {}
