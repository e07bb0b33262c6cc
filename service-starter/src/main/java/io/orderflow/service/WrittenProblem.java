package io.orderflow.service;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** A problem as it is written where the framework does not write it: outside of any handler. ASCII, as all sentences are. */
record WrittenProblem(String type, String title, int status, String detail) {

    static WrittenProblem of(Problem problem, String detail) {
        return of(problem, problem.status().value(), detail);
    }

    /** @param status another one than the problem's own, for statuses that share a kind */
    static WrittenProblem of(Problem problem, int status, String detail) {
        return new WrittenProblem(String.valueOf(problem.explained("").getType()), problem.title(), status, detail);
    }

    String json() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /** The answer states no encoding, because JSON has but one. */
    void write(HttpServletResponse response) throws IOException {
        byte[] body = json().getBytes(StandardCharsets.US_ASCII);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
