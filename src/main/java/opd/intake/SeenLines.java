package opd.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// Counts how often each line of a list came before. A hash table in a temporary file: the heap
/// does not grow with the list. The file has no name, so that none is left by a program that is
/// killed. Lines are told apart by 128 bits of their SHA-256.
final class SeenLines implements AutoCloseable {
  private static final int ENTRY_BYTES = 24;
  private static final long FIRST_CAPACITY = 1 << 12;

  private Table table = new Table(FIRST_CAPACITY);
  private long size;

  /// How often the same digest was counted before.
  ///
  /// @param digest at least 16 bytes, evenly distributed
  int count(byte[] digest) {
    if (size * 2 > table.capacity) {
      grow();
    }
    ByteBuffer key = ByteBuffer.wrap(digest);
    int before = table.add(key.getLong(), key.getLong(), 1);
    size += before == 0 ? 1 : 0;
    return before;
  }

  private void grow() {
    Table larger = new Table(Math.multiplyExact(table.capacity, 2));
    table.copyTo(larger);
    table.close();
    table = larger;
  }

  @Override
  public void close() {
    table.close();
  }

  /// Open addressing: two longs of key and one of count; a count of 0 is a free place.
  private static final class Table {
    private final long capacity;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment entries;

    Table(long capacity) {
      this.capacity = capacity;
      // Opening it takes its name away.
      try (FileChannel channel =
          FileChannel.open(
              Files.createTempFile("opd-intake", ".tmp"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        entries = channel.map(FileChannel.MapMode.READ_WRITE, 0, capacity * ENTRY_BYTES, arena);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Adds to the key's count, and gives the count before.
    int add(long high, long low, int count) {
      long place = Math.floorMod(high, capacity);
      while (true) {
        long at = place * ENTRY_BYTES;
        int before = (int) get(at + 16);
        if (before == 0 || (get(at) == high && get(at + 8) == low)) {
          set(at, high);
          set(at + 8, low);
          set(at + 16, (long) before + count);
          return before;
        }
        place = (place + 1) % capacity;
      }
    }

    void copyTo(Table other) {
      for (long place = 0; place < capacity; place++) {
        long at = place * ENTRY_BYTES;
        int count = (int) get(at + 16);
        if (count > 0) {
          other.add(get(at), get(at + 8), count);
        }
      }
    }

    private long get(long at) {
      return entries.get(ValueLayout.JAVA_LONG, at);
    }

    private void set(long at, long value) {
      entries.set(ValueLayout.JAVA_LONG, at, value);
    }

    void close() {
      arena.close();
    }
  }
}
