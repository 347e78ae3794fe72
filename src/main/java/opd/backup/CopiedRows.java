package opd.backup;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Counts rows on their way, each of which is a line.
final class CopiedRows {
  private final CopyProgress progress;
  private final long all;
  private long copied;

  /// @param all how many rows all tables have together
  CopiedRows(CopyProgress progress, long all) {
    this.progress = progress;
    this.all = all;
  }

  OutputStream counting(String table, OutputStream target) {
    return new FilterOutputStream(target) {
      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        count(table, bytes, start, length);
        out.write(bytes, start, length);
      }
    };
  }

  InputStream counting(String table, InputStream source) {
    return new FilterInputStream(source) {
      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        int read = in.read(bytes, start, length);
        count(table, bytes, start, read);
        return read;
      }
    };
  }

  private void count(String table, byte[] bytes, int start, int length) {
    for (int index = start; index < start + length; index++) {
      if (bytes[index] == '\n') {
        copied++;
      }
    }
    progress.copied(table, copied, all);
  }
}
