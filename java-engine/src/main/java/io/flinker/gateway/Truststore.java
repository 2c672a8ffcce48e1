/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;

/** Whom a program trusts to be its cluster, in the form that Flink's client wants. */
final class Truststore {

    private static final ConfigOption<String> CA_FILE =
            ConfigOptions.key("flinker.target.ca-file").stringType().noDefaultValue();
    private static final String OF_JAVA = "lib/security/cacerts";
    private static final String PASSWORD_OF_JAVA = "changeit";

    private Truststore() {}

    /**
     * Names a truststore if the address is one of TLS: one of the certificates in a file, or else
     * Java's own, with those that everybody trusts.
     */
    static void addTo(Configuration configuration) throws IOException, GeneralSecurityException {
        if (!configuration.get(SecurityOptions.SSL_REST_ENABLED)
                || configuration.contains(SecurityOptions.SSL_REST_TRUSTSTORE)) {
            return;
        }
        String file = configuration.get(CA_FILE);
        configuration.removeKey(CA_FILE.key());
        if (file == null) {
            Path ofJava = Path.of(System.getProperty("java.home"), OF_JAVA);
            configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE, ofJava.toString());
            configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, PASSWORD_OF_JAVA);
            return;
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path store = Files.createTempFile("trusted", ".p12");
        write(Path.of(file), store, password.toCharArray());
        configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE, store.toString());
        configuration.set(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD, password);
    }

    private static void write(Path certificates, Path store, char[] password)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificates)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
        }
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, password);
        }
    }
}
