package io.orderflow.service;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.servlet.HandlerInterceptor;

/** Rejects a body whose media type states an encoding other than UTF-8, the only one of JSON (RFC 8259, 8.1). */
class Utf8Only implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotSupportedException {
        MediaType stated = stated(request.getContentType());
        if (stated != null && stated.getCharset() != null && !StandardCharsets.UTF_8.equals(stated.getCharset())) {
            throw new HttpMediaTypeNotSupportedException(stated, List.of(MediaType.APPLICATION_JSON));
        }
        return true;
    }

    /** Null if there is none or it is invalid, which Spring MVC reports. */
    private static @Nullable MediaType stated(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException e) {
            return null;
        }
    }
}
