package io.orderflow.service;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The HTTP conventions of all services. {@link ServiceDefaults} adds their default properties. */
@AutoConfiguration(
        before = {JacksonAutoConfiguration.class, WebMvcAutoConfiguration.class, ErrorMvcAutoConfiguration.class})
@EnableConfigurationProperties(HttpProperties.class)
class ServiceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ScheduledTaskFailures scheduledTaskFailures(Clock clock) {
        return new ScheduledTaskFailures(clock);
    }

    /** Otherwise Spring would log each failure a second time, with its stack trace. */
    @Bean
    ThreadPoolTaskSchedulerCustomizer quietScheduler() {
        return scheduler -> scheduler.setErrorHandler(failure -> {});
    }

    @Bean
    MessageLoggingContext messageLoggingContext() {
        return new MessageLoggingContext();
    }

    @Bean
    StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    ProblemTypes problemTypes() {
        return new ProblemTypes();
    }

    @Bean
    DocumentationPages documentationPages(@Value("${spring.application.name:}") String service) {
        return new DocumentationPages(service, 0);
    }

    @Bean
    @ConditionalOnMissingBean
    ErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    /** Added last, so that it runs before Tomcat's own valve. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatProblems() {
        return factory -> factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new ProblemReportValve()));
    }

    /** Before all other filters, so that they see requests with their bodies. */
    @Bean
    FilterRegistrationBean<RequestBodies> requestBodies(HttpProperties properties) {
        FilterRegistrationBean<RequestBodies> registration =
                new FilterRegistrationBean<>(new RequestBodies(properties));
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    WebMvcConfigurer utf8Only() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new Utf8Only());
            }
        };
    }
}
