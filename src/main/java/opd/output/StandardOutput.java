package opd.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
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
    this(new Watched(new OutputStreamWriter(out, StandardCharsets.UTF_8)), isPipe);
  }

  /// Text that no program waits for.
  public StandardOutput(Writer out) {
    this(new Watched(out), () -> false);
  }

  private StandardOutput(Watched watched, BooleanSupplier isPipe) {
    super(watched);
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

  private static final class Watched extends FilterWriter {
    private volatile @Nullable IOException failure;

    Watched(Writer out) {
      super(out);
    }

    private interface Writing {
      void run() throws IOException;
    }

    private void watch(Writing writing) throws IOException {
      try {
        writing.run();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void write(int single) throws IOException {
      watch(() -> out.write(single));
    }

    @Override
    public void write(char[] text, int start, int length) throws IOException {
      watch(() -> out.write(text, start, length));
    }

    @Override
    public void write(String text, int start, int length) throws IOException {
      watch(() -> out.write(text, start, length));
    }

    @Override
    public void flush() throws IOException {
      watch(out::flush);
    }
  }
}
