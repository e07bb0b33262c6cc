package io.orderflow.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves {@value #PATH}: an OpenAPI document, Swagger UI for it, and the descriptions of the problem types. These are static
 * files, so that they cost nothing at start; {@code ./orderflow docs} writes the documents.
 *
 * @param document the directory of the document, the name of a service
 * @param getOrder the management port inherits the pages of the service; its own have to come after them
 */
public record DocumentationPages(String document, int getOrder) implements WebMvcConfigurer, Ordered {

    static final String PATH = "/docs";

    private static final String INDEX = PATH + "/index.html";
    private static final String FILES = "classpath:/docs/";
    private static final String WEBJAR = "org.webjars/swagger-ui";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PATH + "/**")
                .addResourceLocations(
                        FILES + document + "/",
                        FILES,
                        "classpath:/META-INF/resources/webjars/swagger-ui/" + versionOfSwaggerUi() + "/");
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController(PATH, INDEX);
        registry.addRedirectViewController(PATH + "/", INDEX);
    }

    private static String versionOfSwaggerUi() {
        try {
            return PropertiesLoaderUtils.loadProperties(
                            new ClassPathResource("META-INF/maven/" + WEBJAR + "/pom.properties"))
                    .getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("The webjar " + WEBJAR + " is not on the class path.", e);
        }
    }
}
