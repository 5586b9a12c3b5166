package io.wager.api.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether access is controlled.
 *
 * @param mode {@code enforced}: by keys and tokens; {@code none}: everybody may do everything, on loopback only
 * @param openToNetwork insists on mode {@code none} for addresses that are not loopback
 */
@ConfigurationProperties("wager.security")
public record SecurityProperties(
        @DefaultValue("enforced") SecurityMode mode,
        @DefaultValue("false") boolean openToNetwork) {}
