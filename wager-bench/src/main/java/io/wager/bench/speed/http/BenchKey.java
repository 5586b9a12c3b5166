package io.wager.bench.speed.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for the API under load, in a file as {@code ./wager key new} writes it: docs/security.md has the form.
 *
 * @param token what a client sends
 * @param file where its hash is
 * @param pepper the secret that the hash was made with
 */
record BenchKey(String token, Path file, String pepper) {

    private static final int BYTES = 32;

    static BenchKey write(Path folder) throws IOException {
        var secret = random();
        var pepper = random();
        var body = "wgr_kbench_" + secret;
        var checksum = new CRC32();
        checksum.update(body.getBytes(StandardCharsets.US_ASCII));
        var file = Files.writeString(folder.resolve("keys.json"), """
                {"version": 1, "keys": [
                  {"id": "kbench", "name": "bench", "hash": "%s", "roles": ["wagers:write"]}]}
                """.formatted(hmac(pepper, secret)));
        return new BenchKey(body + "_" + HexFormat.of().toHexDigits((int) checksum.getValue()), file, pepper);
    }

    /** Turns access control on, with this key. */
    String[] options() {
        return new String[] {
            "--wager.security.mode=enforced",
            "--wager.security.keys.file=" + file.toAbsolutePath(),
            "--wager.security.keys.pepper=" + pepper
        };
    }

    private static String random() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hmac(String key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }
}
