package io.wager.api.problem;

import io.swagger.v3.oas.annotations.Hidden;
import io.wager.api.access.OpenToAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what failed outside the handlers, in a filter or by a bare status, in the place of Spring Boot's error page. */
@Hidden
@Controller
final class ProblemErrorController implements ErrorController {

    @OpenToAll
    @RequestMapping("${server.error.path:/error}")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        ProblemWriter.write(request, response, status);
    }
}
