package io.orderflow.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** Answers what Tomcat itself refuses, before it is any application's ({@code %00} in a path), in place of its HTML. */
class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            Writer body = response.getReporter();
            if (body != null) {
                Problem problem = Problem.of(HttpStatusCode.valueOf(status));
                body.write(WrittenProblem.of(problem, status, problem.title() + ".")
                        .json());
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The answer to a refused request could not be written.", e);
        }
    }
}
