package dev.repsr.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * Looks after connections while Jetty does not. A client that goes away while its picture is enlarged is noticed, since nothing is read
 * from it meanwhile; and one that has no request under way, or is slow to send its head, is let go after a while.
 */
final class ClientWatch implements Connection.Listener, AutoCloseable {
    private static final long POLL_MILLIS = 100;

    private final long idleNanos;
    private final Thread thread;
    private final long leastBytes;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Set<Transfer> transfers = ConcurrentHashMap.newKeySet();

    /** When a connection became idle, for those that are. */
    private final Map<Connection, Long> idle = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * Nobody is watched yet.
     *
     * @param idle time after which a client that does nothing, or next to nothing, is let go
     * @param leastBytesASecond less is next to nothing
     */
    ClientWatch(Duration idle, long leastBytesASecond) {
        this.idleNanos = idle.toNanos();
        this.leastBytes = Math.max(1, leastBytesASecond * idle.toMillis() / 1000);
        this.thread = Thread.ofPlatform().daemon().name("repsr-clients").unstarted(this::look);
    }

    void start() {
        thread.start();
    }

    /** A body or a picture on its way; when it comes to next to nothing, the connection is closed. Closing this ends the watch. */
    final class Transfer implements AutoCloseable {
        private final Connection connection;
        private long since = System.nanoTime();
        private long bytes;

        private Transfer(Connection connection) {
            this.connection = connection;
            this.bytes = moved();
        }

        private long moved() {
            return connection.getBytesIn() + connection.getBytesOut();
        }

        private void look(long now) {
            if (now - since > idleNanos) {
                long moved = moved();
                if (moved - bytes < leastBytes) {
                    connection.getEndPoint().close();
                }
                bytes = moved;
                since = now;
            }
        }

        @Override
        public void close() {
            transfers.remove(this);
        }
    }

    /** Watches how fast a body comes, or a picture goes. */
    Transfer transfer(Connection connection) {
        Transfer transfer = new Transfer(connection);
        transfers.add(transfer);
        return transfer;
    }

    /** A client that waits. Closing it ends the watch, and only then may the connection be used otherwise. */
    final class Watch implements AutoCloseable {
        private final EndPoint endPoint;
        private final SocketChannel channel;
        private final Runnable gone;
        private boolean saidMore;

        private Watch(EndPoint endPoint, SocketChannel channel, Runnable gone) {
            this.endPoint = endPoint;
            this.channel = channel;
            this.gone = gone;
        }

        /** Whether the client has sent something already that belongs to another request, which is lost then. */
        synchronized boolean saidMore() {
            return saidMore;
        }

        private synchronized void look() {
            if (watches.contains(this) && (!endPoint.isOpen() || isAtEnd())) {
                watches.remove(this);
                gone.run();
            }
        }

        private boolean isAtEnd() {
            try {
                int read = saidMore ? 0 : channel.read(ByteBuffer.allocate(1));
                saidMore |= read > 0;
                return read < 0;
            } catch (IOException e) {
                // Reset by the client.
                return true;
            }
        }

        @Override
        public synchronized void close() {
            watches.remove(this);
        }
    }

    /** Watches the client of a request that has been read to its end; {@code gone} is run once when it goes away. */
    Watch watch(EndPoint endPoint, Runnable gone) {
        if (!(endPoint.getTransport() instanceof SocketChannel channel)) {
            throw new IllegalStateException("not a socket");
        }
        Watch watch = new Watch(endPoint, channel, gone);
        watches.add(watch);
        return watch;
    }

    @Override
    public void onOpened(Connection connection) {
        idle.put(connection, System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        idle.remove(connection);
    }

    /** A request of this connection begins. */
    void begins(Connection connection) {
        idle.remove(connection);
    }

    /** It is over, and another may follow. */
    void ends(Connection connection) {
        if (connection.getEndPoint().isOpen()) {
            idle.put(connection, System.nanoTime());
        }
    }

    private void look() {
        while (!closed) {
            watches.forEach(Watch::look);
            long now = System.nanoTime();
            transfers.forEach(transfer -> transfer.look(now));
            idle.forEach((connection, since) -> {
                if (now - since > idleNanos && idle.remove(connection, since)) {
                    connection.close();
                }
            });
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
