package io.wager.consumer.watchdog;

import java.lang.management.LockInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Collection;

/** All platform threads with whole stacks and the locks that they hold and wait for; of virtual ones those that are asked for. */
final class ThreadDump {

    private ThreadDump() {}

    static String of(ThreadMXBean threads, Collection<Thread> also) {
        var text = new StringBuilder();
        for (var thread : threads.dumpAllThreads(true, true)) {
            append(text, thread);
        }
        for (var thread : also) {
            if (thread.isVirtual()) {
                text.append('"').append(thread.getName()).append("\" virtual ").append(thread.getState());
                Arrays.stream(thread.getStackTrace())
                        .forEach(frame -> text.append("\n    at ").append(frame));
                text.append("\n\n");
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, ThreadInfo thread) {
        text.append('"')
                .append(thread.getThreadName())
                .append("\" #")
                .append(thread.getThreadId())
                .append(' ')
                .append(thread.getThreadState());
        if (thread.getLockName() != null) {
            text.append(" on ").append(thread.getLockName());
        }
        if (thread.getLockOwnerName() != null) {
            text.append(" owned by \"")
                    .append(thread.getLockOwnerName())
                    .append("\" #")
                    .append(thread.getLockOwnerId());
        }
        var stack = thread.getStackTrace();
        for (var depth = 0; depth < stack.length; depth++) {
            text.append("\n    at ").append(stack[depth]);
            for (var monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    text.append("\n    - locked ").append(monitor);
                }
            }
        }
        for (LockInfo lock : thread.getLockedSynchronizers()) {
            text.append("\n    - holds ").append(lock);
        }
        text.append("\n\n");
    }
}
