/* SPDX-License-Identifier: Apache-2.0. Copyright the Flinker authors. */
package io.flinker.harness;

import com.google.protobuf.MessageLite;
import io.flinker.fn.v1.NurseryApi.KillWorker;
import io.flinker.fn.v1.NurseryApi.NurseryRequest;
import io.flinker.fn.v1.NurseryApi.StartWorker;
import io.flinker.fn.v1.NurseryApi.WorkerNews;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that starts the workers of this JVM, one for each interpreter.
 *
 * <p>Its standard input is open as long as this JVM lives; it ends with it, and the workers with
 * the nursery. A thread reads what it tells. All methods may be called from any thread.
 */
final class Nursery implements WorkerHost {

    private static final Logger LOG = LoggerFactory.getLogger(Nursery.class);
    private static final String BOOT = "pyflink/_worker/boot.py";
    private static final String MODULE = "pyflink._worker.nursery";
    private static final long LAST_WORDS_SECONDS = 3;
    private static final Map<List<String>, Nursery> NURSERIES = new ConcurrentHashMap<>();

    private final List<String> key;
    private final Process process;
    private final DataOutputStream requests;
    private final Tail lastWords = new Tail();
    private final Map<Integer, WorkerProcess> workers = new ConcurrentHashMap<>();
    private final Thread errors;
    private volatile boolean ended;

    private Nursery(List<String> key, PythonSettings settings) throws IOException {
        this.key = key;
        List<String> command = new ArrayList<>();
        command.add(settings.executable());
        command.add(Path.of(settings.packageRoot(), BOOT).toString());
        command.add(MODULE);
        command.add(settings.packageRoot());
        command.addAll(settings.borrowed());
        process = new ProcessBuilder(command).start();
        requests = new DataOutputStream(process.getOutputStream());
        daemon("flinker-nursery", this::listen);
        errors = daemon("flinker-nursery-errors", this::passOnErrors);
        try {
            byte[] descriptors = ClientHost.protocol();
            requests.writeInt(descriptors.length);
            requests.write(descriptors);
            requests.flush();
        } catch (IOException e) {
            // it has ended already; the first worker hears why
            LOG.debug("The nursery took no protocol", e);
        }
    }

    /**
     * The nursery for these settings, started if it does not run.
     *
     * @throws IOException if the interpreter cannot be run
     */
    static Nursery of(PythonSettings settings) throws IOException {
        List<String> key = new ArrayList<>(settings.borrowed());
        key.addAll(0, List.of(settings.executable(), settings.packageRoot()));
        synchronized (NURSERIES) {
            Nursery running = NURSERIES.get(key);
            if (running == null || running.ended) {
                running = new Nursery(key, settings);
                NURSERIES.put(key, running);
            }
            return running;
        }
    }

    /** Ends all nurseries of this JVM, and with them their workers; waits for that. */
    static void endAll() {
        List<Nursery> running;
        synchronized (NURSERIES) {
            running = new ArrayList<>(NURSERIES.values());
        }
        for (Nursery nursery : running) {
            nursery.end();
        }
    }

    private void end() {
        try {
            synchronized (requests) {
                requests.close();
            }
            if (!process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start(StartWorker order, WorkerProcess worker) throws IOException {
        workers.put(order.getWorker(), worker);
        if (ended) {
            workers.remove(order.getWorker());
            throw new IOException(obituary());
        }
        try {
            send(NurseryRequest.newBuilder().setStart(order).build());
        } catch (IOException e) {
            workers.remove(order.getWorker());
            throw new IOException(obituary(), e);
        }
    }

    @Override
    public void kill(int worker) {
        try {
            KillWorker order = KillWorker.newBuilder().setWorker(worker).build();
            send(NurseryRequest.newBuilder().setKill(order).build());
        } catch (IOException e) {
            LOG.debug("The nursery is gone, and its workers with it", e);
        }
    }

    private void send(MessageLite message) throws IOException {
        synchronized (requests) {
            requests.writeInt(message.getSerializedSize());
            message.writeTo(requests);
            requests.flush();
        }
    }

    private void listen() {
        try (DataInputStream news =
                new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
            while (true) {
                byte[] message = new byte[news.readInt()];
                news.readFully(message);
                handle(WorkerNews.parseFrom(message));
            }
        } catch (EOFException e) {
            LOG.debug("The nursery has ended");
        } catch (IOException | RuntimeException e) {
            LOG.warn("The nursery speaks in tongues", e);
            process.destroyForcibly();
        }
        ended = true;
        NURSERIES.remove(key, this);
        for (WorkerProcess worker : new ArrayList<>(workers.values())) {
            worker.onLost(obituary());
        }
        workers.clear();
    }

    private void handle(WorkerNews news) throws IOException {
        WorkerProcess worker = workers.get(news.getWorker());
        switch (news.getNewsCase()) {
            case OUT -> {
                // in one call, as others print, too
                byte[] text = news.getOut().toByteArray();
                System.out.write(text, 0, text.length);
                System.out.flush();
            }
            case LOG -> PythonLogs.accept(news.getLog());
            case ERR -> {
                byte[] text = news.getErr().toByteArray();
                System.err.write(text, 0, text.length);
                System.err.flush();
                if (worker != null) {
                    worker.lastWords().add(text);
                }
            }
            case EXIT -> {
                if (worker != null) {
                    workers.remove(news.getWorker());
                    worker.onExit(news.getExit());
                }
            }
            default -> throw new IOException("news of an unknown kind: " + news.getNewsCase());
        }
    }

    private void passOnErrors() {
        byte[] buffer = new byte[1 << 13];
        try (InputStream errors = process.getErrorStream()) {
            for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
                System.err.write(buffer, 0, n);
                System.err.flush();
                lastWords.add(buffer, n);
            }
        } catch (IOException e) {
            LOG.debug("The nursery's standard error broke", e);
        }
    }

    private String obituary() {
        String how;
        try {
            boolean hasEnded = process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
            how = hasEnded ? "exit code " + process.exitValue() : "its pipe is closed";
            errors.join(LAST_WORDS_SECONDS * 1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            how = "in an unknown way";
        }
        return "The process that starts Python workers ("
                + key.get(0)
                + ") has ended: "
                + how
                + lastWords.describe();
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The last that a process has written. */
    static final class Tail {

        private static final int KEEP = 1 << 13;

        private final StringBuilder text = new StringBuilder();

        void add(byte[] bytes) {
            add(bytes, bytes.length);
        }

        synchronized void add(byte[] bytes, int length) {
            text.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
            if (text.length() > 2 * KEEP) {
                text.delete(0, text.length() - KEEP);
            }
        }

        /** For the end of an error message; empty if nothing was written. */
        synchronized String describe() {
            String last = text.toString().strip();
            if (last.isEmpty()) {
                return "";
            }
            int start = Math.max(0, last.length() - KEEP);
            return "\nIts last words:\n  " + last.substring(start).replace("\n", "\n  ");
        }
    }
}
