package io.wager.consumer.store;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the store on the application's data source; opens no connection. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {

    /**
     * The store.
     *
     * @param dataSource SQL Server or H2, which is found out at the first batch
     */
    @Bean
    WagerStore wagerStore(DataSource dataSource, StoreProperties properties) {
        var transactions = new StoreTransactions(dataSource, properties);
        return new JdbcWagerStore(
                transactions, new GameIds(transactions, properties.rememberedGames()), Clock.systemUTC());
    }
}
