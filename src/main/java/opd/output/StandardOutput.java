package opd.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Standard output, whatever the locale is: UTF-8 and plain line feeds. A writer that prints says
/// nothing of what it could not write, so this one remembers why.
public final class StandardOutput extends PrintWriter {
  /// What takes nothing, as there is nothing behind it.
  public static final OutputStream CLOSED =
      new OutputStream() {
        @Override
        public void write(int single) throws IOException {
          throw new IOException("it is closed");
        }
      };

  private final Watched watched;
  private final BooleanSupplier isPipe;

  /// @param isPipe asked when writing failed: whether a program reads at the other end
  public StandardOutput(OutputStream out, BooleanSupplier isPipe) {
    this(new Watched(out), isPipe);
  }

  private StandardOutput(Watched watched, BooleanSupplier isPipe) {
    super(new OutputStreamWriter(watched, StandardCharsets.UTF_8));
    this.watched = watched;
    this.isPipe = isPipe;
  }

  /// Whether something that was sent off could not be written. What waits is not sent off for it.
  public boolean isLost() {
    return watched.failure != null;
  }

  /// Why it could not be written, or empty.
  public Optional<String> reason() {
    return Optional.ofNullable(watched.failure)
        .map(failure -> failure.getMessage() == null ? failure.toString() : failure.getMessage());
  }

  /// Whether whoever read has seen enough: what a pipe does not take, nobody waits for.
  public boolean isReaderGone() {
    return isLost() && isPipe.getAsBoolean();
  }

  private static final class Watched extends FilterOutputStream {
    private volatile @Nullable IOException failure;

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      try {
        out.write(bytes, start, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
