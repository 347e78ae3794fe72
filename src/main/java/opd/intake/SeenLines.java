package opd.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Counts how often each line of a list came before. A hash table in a temporary file: the heap
/// does not grow with the list. Lines are told apart by 128 bits of their SHA-256.
final class SeenLines implements AutoCloseable {
  private static final int ENTRY_BYTES = 24;
  private static final int FIRST_CAPACITY = 1 << 12;

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
    private final int capacity;
    private final Path file;
    private final MappedByteBuffer entries;

    Table(int capacity) {
      this.capacity = capacity;
      try {
        file = Files.createTempFile("opd-intake", ".tmp");
        try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          entries = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) capacity * ENTRY_BYTES);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Adds to the key's count, and gives the count before.
    int add(long high, long low, int count) {
      int place = (int) Math.floorMod(high, (long) capacity);
      while (true) {
        int at = place * ENTRY_BYTES;
        int before = (int) entries.getLong(at + 16);
        if (before == 0 || (entries.getLong(at) == high && entries.getLong(at + 8) == low)) {
          entries.putLong(at, high).putLong(at + 8, low).putLong(at + 16, (long) before + count);
          return before;
        }
        place = (place + 1) % capacity;
      }
    }

    void copyTo(Table other) {
      for (int place = 0; place < capacity; place++) {
        int at = place * ENTRY_BYTES;
        int count = (int) entries.getLong(at + 16);
        if (count > 0) {
          other.add(entries.getLong(at), entries.getLong(at + 8), count);
        }
      }
    }

    void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
