package dev.microlift.openfeature;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the configuration up to date, in one thread: a download, then the server's stream, and polling whenever the
 * stream is silent. Times are those of {@link System#nanoTime()}.
 */
final class Refresher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Refresher.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    /** A living stream has a sign of life every 20 seconds. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(65);
    /** All clients hear of a change at once; they ask for it spread over this time. */
    private static final long SPREAD = TimeUnit.MILLISECONDS.toNanos(100);

    private final MicroliftOptions options;
    private final Endpoint endpoint;
    private final ConfigurationStore store;
    private final Mailbox mailbox = new Mailbox();
    private final Backoff downloads;
    private final Backoff streams;
    private final CountDownLatch firstAttempt = new CountDownLatch(1);
    private final Thread thread = DaemonThreads.named("microlift-configuration", this::run);
    private volatile boolean closed;

    // What follows belongs to the thread alone.
    private String entityTag = "";
    private @Nullable EventStream stream;
    private long nextDownload;
    private boolean downloadWanted = true;
    private long nextStream;
    private long streamOpened;
    private long notBefore;
    private long confirmed;

    Refresher(MicroliftOptions options, Endpoint endpoint, ConfigurationStore store) {
        this.options = options;
        this.endpoint = endpoint;
        this.store = store;
        this.downloads = new Backoff(FIRST_RETRY, options.pollInterval(), options.random());
        this.streams = new Backoff(FIRST_RETRY, options.pollInterval(), options.random());
    }

    /** Starts, and waits as long as the options allow until the first download has succeeded or failed. */
    void start() {
        thread.start();
        try {
            if (!firstAttempt.await(options.startTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(Level.DEBUG, "the first configuration takes longer than {0}", options.startTimeout());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(options.closeTimeout().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        nextDownload = System.nanoTime();
        nextStream = nextDownload;
        notBefore = nextDownload;
        confirmed = nextDownload;
        try {
            while (!closed) {
                step();
            }
        } catch (InterruptedException ended) {
            LOG.log(Level.DEBUG, "the configuration is no longer refreshed");
        } finally {
            closeStream();
        }
    }

    private void step() throws InterruptedException {
        Mailbox.Contents mail = mailbox.take(nextEvent());
        // A stream that is only asked for tells nothing: a server without one must be polled.
        if (stream != null && !downloadWanted && mailbox.lastSignOfLife() - streamOpened >= 0) {
            heard(mailbox.lastSignOfLife());
        }
        if (mail.refetch()) {
            downloadWanted = true;
            long soon = System.nanoTime() + (long) (SPREAD * options.random().getAsDouble());
            nextDownload = sooner(nextDownload, later(soon, notBefore));
        }
        if (mail.pushed().isPresent()) {
            adopt(mail.pushed().get());
        }
        if (mail.end().isPresent()) {
            streamEnded(mail.end().get());
        }
        if (isDue(nextDownload)) {
            download();
        }
        if (wantsStream() && isDue(nextStream)) {
            streamOpened = System.nanoTime();
            stream = new EventStream(endpoint, mailbox);
        }
        checkAges();
    }

    /** When something is to be done although no mail comes. */
    private long nextEvent() {
        long next = nextDownload;
        if (stream != null) {
            next = sooner(next, lastHeard() + LONGEST_SILENCE);
        } else if (wantsStream()) {
            next = sooner(next, nextStream);
        }
        return store.isFresh() ? sooner(next, confirmed + options.staleAfter().toNanos()) : next;
    }

    private boolean wantsStream() {
        return options.streaming() && stream == null && store.isFresh();
    }

    /** Since when the stream is silent. */
    private long lastHeard() {
        return later(streamOpened, mailbox.lastSignOfLife());
    }

    /** A stream that lives would have told of changes. */
    private void heard(long signOfLife) {
        confirmed = later(confirmed, signOfLife);
        nextDownload = later(nextDownload, signOfLife + options.pollInterval().toNanos());
    }

    private void download() throws InterruptedException {
        HttpRequest.Builder request =
                endpoint.request("/api/features/" + endpoint.keyInPath()).setHeader("Accept", "application/json");
        if (!entityTag.isEmpty()) {
            request.setHeader("If-None-Match", entityTag);
        }
        try {
            take(endpoint.exchange(request.build(), Configuration.MOST_BYTES, options.requestTimeout()));
        } catch (IOException failure) {
            failed(String.valueOf(failure.getMessage()), Duration.ZERO);
        } finally {
            firstAttempt.countDown();
        }
    }

    private void take(HttpAnswer answer) throws IOException {
        if (answer.status() == 200) {
            store.replace(answer.body());
            entityTag = answer.entityTag();
            confirmed();
        } else if (answer.status() == 304 && !entityTag.isEmpty()) {
            store.confirm();
            confirmed();
        } else {
            failed("the server answered with status " + answer.status(), answer.retryAfter(options.clock()));
        }
    }

    private void adopt(byte[] pushed) {
        try {
            store.replace(pushed);
            // The tag belongs to what was downloaded before.
            entityTag = "";
            confirmed();
        } catch (IOException unreadable) {
            failed(String.valueOf(unreadable.getMessage()), Duration.ZERO);
        }
    }

    private void confirmed() {
        confirmed = System.nanoTime();
        downloads.succeeded();
        downloadWanted = false;
        nextDownload = confirmed + options.pollInterval().toNanos();
    }

    private void failed(String reason, Duration wish) {
        downloadWanted = true;
        notBefore = System.nanoTime() + wish.toNanos();
        nextDownload = System.nanoTime() + downloads.failed(wish).toNanos();
        store.fail(reason);
    }

    private void streamEnded(String reason) {
        LOG.log(Level.DEBUG, "the stream of changes ended: {0}", reason);
        closeStream();
        if (isDue(streamOpened + options.pollInterval().toNanos())) {
            streams.succeeded();
        }
        nextStream = System.nanoTime() + streams.failed(Duration.ZERO).toNanos();
    }

    private void checkAges() {
        if (stream != null && isDue(lastHeard() + LONGEST_SILENCE)) {
            streamEnded("it is silent");
        }
        if (store.isFresh() && isDue(confirmed + options.staleAfter().toNanos())) {
            closeStream();
            store.expire();
        }
    }

    private void closeStream() {
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private static boolean isDue(long time) {
        return System.nanoTime() - time >= 0;
    }

    private static long sooner(long one, long other) {
        return one - other <= 0 ? one : other;
    }

    private static long later(long one, long other) {
        return one - other >= 0 ? one : other;
    }
}
