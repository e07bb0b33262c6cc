package io.orderflow.service.security;

import io.orderflow.service.DocumentationPages;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Bean;

/** On the management port, the pages describe the operator API. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class OperatorDocumentation {

    @Bean
    DocumentationPages operatorDocumentationPages() {
        return new DocumentationPages("operator", 1);
    }
}
