package io.orderflow.console;

import io.orderflow.console.services.RefusedException;
import io.orderflow.console.services.ServiceUnreachableException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** What all pages have: whether the user may change something, and the page for a request that failed. */
@ControllerAdvice
class PageAdvice {

    /** Payloads and the forms that change something are shown to operators only. */
    @ModelAttribute("operator")
    boolean operator(HttpServletRequest request) {
        return request.isUserInRole("OPERATOR");
    }

    @ModelAttribute("path")
    String path(HttpServletRequest request) {
        return request.getServletPath();
    }

    @ExceptionHandler
    ModelAndView refused(RefusedException e, HttpServletRequest request) {
        return failed(HttpStatusCode.valueOf(e.status() == 401 ? 502 : e.status()), e, request);
    }

    @ExceptionHandler
    ModelAndView unreachable(ServiceUnreachableException e, HttpServletRequest request) {
        return failed(HttpStatus.BAD_GATEWAY, e, request);
    }

    private ModelAndView failed(HttpStatusCode status, Exception e, HttpServletRequest request) {
        ModelAndView page = new ModelAndView("failed", status);
        page.addObject("reason", e.getMessage());
        page.addObject("operator", operator(request));
        page.addObject("path", path(request));
        return page;
    }
}
