package io.wager.api.welcome;

import io.swagger.v3.oas.annotations.Hidden;
import io.wager.api.access.OpenToAll;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers who opens the service's address without knowing more: a browser with a page, a program with links. */
@Hidden
@RestController
final class WelcomeController {

    private final Welcome welcome;
    private final WelcomePage page;

    WelcomeController(WelcomeLinks links, WelcomePage page) {
        this.welcome = new Welcome("wager", "Takes casino wagers and answers questions about them.", links.toLinks());
        this.page = page;
    }

    @OpenToAll
    @GetMapping(
            path = "/",
            produces = {MediaType.TEXT_HTML_VALUE + ";charset=UTF-8", MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Welcome> welcome(HttpServletResponse response) {
        // In the place of the one that allows nothing.
        response.setHeader("Content-Security-Policy", page.contentSecurityPolicy());
        return ResponseEntity.ok().header(HttpHeaders.VARY, HttpHeaders.ACCEPT).body(welcome);
    }
}
