package dev.microlift.openfeature;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no application from ending, and whose names say whose they are. */
record DaemonThreads(String name, AtomicInteger made) implements ThreadFactory {

    DaemonThreads(String name) {
        this(name, new AtomicInteger());
    }

    static Thread named(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Thread newThread(Runnable task) {
        return named(name + "-" + made.incrementAndGet(), task);
    }
}
