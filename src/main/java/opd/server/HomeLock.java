package opd.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import org.jspecify.annotations.Nullable;

/// One at a time sets up, starts or stops the server of a home, across processes and threads. The
/// operating system frees the lock when its holder dies.
final class HomeLock implements AutoCloseable {
  // A file lock belongs to the whole JVM, and closing any channel to the file would free it: the
  // threads that want the same home take turns here first.
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock turn;
  private final FileChannel channel;

  private HomeLock(ReentrantLock turn, FileChannel channel) {
    this.turn = turn;
    this.channel = channel;
  }

  /// Waits up to `wait` for its turn.
  static HomeLock acquire(Path file, Duration wait) throws IOException {
    Deadline deadline = Deadline.in(wait);
    ReentrantLock turn = THREADS.computeIfAbsent(file.toAbsolutePath(), _ -> new ReentrantLock());
    if (!lockThreads(turn, deadline)) {
      throw busy(file, wait);
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = open(file);
      locked = lockFile(channel, deadline);
      if (!locked) {
        throw busy(file, wait);
      }
      return new HomeLock(turn, channel);
    } finally {
      if (!locked) {
        release(turn, channel);
      }
    }
  }

  @Override
  public void close() throws IOException {
    release(turn, channel);
  }

  private static boolean lockThreads(ReentrantLock turn, Deadline deadline) {
    try {
      return turn.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      deadline.pause();
      return false;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), Home.OWNER_ONLY_FILE);
  }

  private static boolean lockFile(FileChannel channel, Deadline deadline) throws IOException {
    while (!tryLock(channel)) {
      if (deadline.passed()) {
        return false;
      }
      deadline.pause();
    }
    return true;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      // By another copy of this class, as class loaders make them.
      return false;
    }
  }

  private static void release(ReentrantLock turn, @Nullable FileChannel channel)
      throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      turn.unlock();
    }
  }

  private static OpdException busy(Path file, Duration wait) {
    return new OpdException(
        ErrorCode.DATABASE_UNAVAILABLE,
        "Another process has been setting up or starting the local PostgreSQL for more than "
            + wait.toSeconds()
            + " s; it holds "
            + file
            + ".",
        "Wait for it to end, or stop it, then try again.");
  }
}
