package io.orderflow.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What springdoc cannot derive: titles, problem+json, unique names, required and nullable properties, examples. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static final String SERVICE = "service";
    static final String OPERATOR = "operator";

    private static final String PROBLEM = """
            {"responses": {"Problem": {
                "description": "A problem (RFC 9457)",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
             "schemas": {
                "Problem": {"type": "object", "required": ["type", "status", "detail"], "properties": {
                    "type": {"type": "string", "format": "uri-reference",
                        "description": "Identifies the kind of problem, and leads to its description."},
                    "title": {"type": "string", "description": "What all problems of this type have in common."},
                    "status": {"type": "integer", "description": "The HTTP status."},
                    "detail": {"type": "string", "description": "What happened and what to do. The text is not stable."},
                    "instance": {"type": "string", "format": "uri-reference", "description": "The requested path."},
                    "traceId": {"type": "string", "description": "The trace of the request, as in the logs."},
                    "errors": {"type": "array", "items": {"$ref": "#/components/schemas/ProblemError"},
                        "description": "The invalid fields of the request."}}},
                "ProblemError": {"type": "object", "required": ["field", "message"], "properties": {
                    "field": {"type": "string", "description": "Its path; empty for the request as a whole."},
                    "message": {"type": "string", "description": "What it must be."}}}}}
            """;

    static {
        SpringDocUtils.getConfig().replaceWithClass(SseEmitter.class, String.class);
    }

    @Bean
    GroupedOpenApi serviceApi(@Value("${spring.application.name}") String name) {
        return document(SERVICE, name, "io.orderflow." + name.replace("-service", "") + ".web");
    }

    @Bean
    GroupedOpenApi operatorApi() {
        return document(OPERATOR, "The operator API of each service", "io.orderflow.messaging.operations");
    }

    private static GroupedOpenApi document(String group, String title, String packageName) {
        return GroupedOpenApi.builder()
                .group(group)
                .packagesToScan(packageName)
                .addOpenApiCustomizer(api -> complete(api, title))
                .build();
    }

    private static void complete(OpenAPI api, String title) {
        api.info(new Info().title(title).version("1"));
        api.servers(List.of(new Server().url("../"))); // relative to the document
        try {
            Components problem = Json31.mapper().readValue(PROBLEM, Components.class);
            problem.getSchemas().forEach(api.getComponents()::addSchemas);
            problem.getResponses().forEach(api.getComponents()::addResponses);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        new Examples().addTo(api);
    }

    /** Operations are named after method and controller: names that several controllers share would be numbered. */
    @Bean
    GlobalOperationCustomizer operations() {
        return (operation, handler) -> {
            String resource = handler.getBeanType().getSimpleName().replaceAll("Controller$", "");
            operation.getResponses().addApiResponse("default", new ApiResponse().$ref("Problem"));
            if (handler.hasMethodAnnotation(PostMapping.class)
                    && handler.getBeanType().getPackageName().endsWith(".web")) {
                operation.addParametersItem(new HeaderParameter()
                        .name("Idempotency-Key")
                        .description("Makes the request repeatable: with the same key it is executed once, and answered"
                                + " as the first time. 1 to 255 visible ASCII characters, best random ones.")
                        .schema(new StringSchema()));
            }
            return operation
                    .operationId(handler.getMethod().getName() + resource)
                    .tags(List.of(resource));
        };
    }

    /** Before recordNullness: a converter that is registered later is asked first, and this one asks no other. */
    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mapper) {
        return new ModelResolver(mapper.jsonMapper(), new NestedNames()).openapi31(true);
    }

    @Bean
    RecordNullness recordNullness() {
        return new RecordNullness();
    }
}
