/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.submission;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.UUID;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Calls of a REST interface that Flink's own client has no method for.
 *
 * <p>With the truststore of the configuration, and the headers that Flink's client takes from the
 * environment.
 */
final class RestCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int OK = 300;

    private final URI address;
    private final SSLSocketFactory sockets;

    RestCalls(URI address, Configuration configuration)
            throws IOException, GeneralSecurityException {
        this.address = address;
        this.sockets = sockets(configuration);
    }

    /**
     * The answer to a request.
     *
     * @param body sent as JSON; null for none
     */
    JsonNode ask(String method, String path, Object body) throws IOException {
        HttpURLConnection connection = open(method, path);
        if (body != null) {
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            try (OutputStream out = connection.getOutputStream()) {
                JSON.writeValue(out, body);
            }
        }
        return answer(connection);
    }

    /** Uploads a file under a name, as the form of the dashboard does. */
    JsonNode upload(String path, Path file, String name) throws IOException {
        String boundary = UUID.randomUUID().toString();
        byte[] head =
                ("--"
                                + boundary
                                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                                + name
                                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = open("POST", path);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "multipart/form-data; boundary=" + boundary);
        connection.setFixedLengthStreamingMode(head.length + Files.size(file) + tail.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(head);
            Files.copy(file, out);
            out.write(tail);
        }
        return answer(connection);
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure && sockets != null) {
            secure.setSSLSocketFactory(sockets);
        }
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        String headers = System.getenv(ConfigConstants.FLINK_REST_CLIENT_HEADERS);
        for (String header : headers == null ? new String[0] : headers.split("\n", -1)) {
            String[] parts = header.split(":", 2);
            if (parts.length == 2) {
                connection.setRequestProperty(parts[0].strip(), parts[1].strip());
            }
        }
        return connection;
    }

    private static JsonNode answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        boolean good = status < OK;
        try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
            JsonNode answer = in == null ? JSON.createObjectNode() : JSON.readTree(in);
            if (!good) {
                StringBuilder errors = new StringBuilder("HTTP " + status);
                answer.path("errors").forEach(error -> errors.append('\n').append(error.asText()));
                throw new IOException(errors.toString());
            }
            return answer;
        }
    }

    private static SSLSocketFactory sockets(Configuration configuration)
            throws IOException, GeneralSecurityException {
        String file = configuration.get(SecurityOptions.SSL_REST_TRUSTSTORE);
        if (!configuration.get(SecurityOptions.SSL_REST_ENABLED) || file == null) {
            return null;
        }
        String password = configuration.get(SecurityOptions.SSL_REST_TRUSTSTORE_PASSWORD);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            trusted.load(in, password == null ? null : password.toCharArray());
        }
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
