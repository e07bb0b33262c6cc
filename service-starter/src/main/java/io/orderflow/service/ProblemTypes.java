package io.orderflow.service;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Replaces the URN in the type of a problem by the path of its description, {@code /docs/problems.html#not-found}, under the
 * context path that the client sees. The part after the {@code #} identifies the type, also where the paths differ.
 */
@ControllerAdvice
class ProblemTypes implements ResponseBodyAdvice<Object> {

    static final String PAGE = DocumentationPages.PATH + "/problems.html#";

    private static final String URN = "urn:orderflow:problem:";

    static ProblemDetail describedIn(@Nullable HttpServletRequest request, ProblemDetail problem) {
        String type = String.valueOf(problem.getType());
        if (type.startsWith(URN)) {
            String context = request == null ? "" : Objects.toString(request.getContextPath(), "");
            problem.setType(URI.create(context + PAGE + type.substring(URN.length())));
        }
        return problem;
    }

    @Override
    public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter returnType,
            MediaType contentType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        return body instanceof ProblemDetail problem && request instanceof ServletServerHttpRequest servlet
                ? describedIn(servlet.getServletRequest(), problem)
                : body;
    }
}
