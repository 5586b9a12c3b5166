package io.wager.api.schema;

import static io.wager.testkit.WagerBuilder.aWager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wager.api.support.TestApi;
import io.wager.core.wager.WagerEncoder;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

@SpringBootTest(
        classes = TestApi.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:late;DB_CLOSE_DELAY=-1",
            "spring.flyway.enabled=false",
            "wager.shutdown.readiness-delay=0s",
            "server.address=127.0.0.1",
            "wager.security.mode=none"
        })
class LateSchemaSliceTest {

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private DataSource dataSource;

    @Test
    void serviceAcceptsWagersBeforeTheSchemaIsThereAndIsReadyAfter() {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        var body = new HttpEntity<>(WagerEncoder.encode(aWager().build()), headers);

        assertThat(status("/readyz")).isEqualTo(503);
        assertThat(status("/livez")).isEqualTo(200);
        assertThat(status("/api/player/topSpenders")).isEqualTo(503);
        assertThat(http.postForEntity("/api/player/casinowager", body, String.class)
                        .getStatusCode()
                        .value())
                .isEqualTo(200);

        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration/h2")
                .load()
                .migrate();

        await().until(() -> status("/readyz") == 200);
        assertThat(status("/api/player/topSpenders")).isEqualTo(200);
    }

    private int status(String path) {
        return http.getForEntity(path, String.class).getStatusCode().value();
    }
}
