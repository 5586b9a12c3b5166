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
     * The transactions of everything that the consumer writes.
     *
     * @param dataSource SQL Server or H2, detected at the first transaction
     */
    @Bean
    StoreTransactions storeTransactions(DataSource dataSource, StoreProperties properties) {
        return new StoreTransactions(dataSource, properties);
    }

    /** The store. */
    @Bean
    WagerStore wagerStore(StoreTransactions transactions, StoreProperties properties) {
        return new JdbcWagerStore(
                transactions, new GameIds(transactions, properties.rememberedGames()), Clock.systemUTC());
    }
}
